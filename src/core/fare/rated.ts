/** What one tap came to. */
import type { MinorUnits } from '../money.ts';
import type { Grace, Reason } from '../reason.ts';
import type { ChargeLine } from '../record.ts';
import type { Finality } from '../tap.ts';
import type { EpochMs, ServiceDate } from '../time.ts';
import type { Part } from './account.ts';
import { type Bill, linesOf } from './bill.ts';
import type { Payer } from './category.ts';
import type { PointsChange } from './points.ts';
import type { RiderState } from './rider.ts';

export interface Rated {
  readonly reason: Reason;
  /** Empty when declined. */
  readonly lines: readonly ChargeLine[];
  readonly riderIndex: number;
  /** The identity text of the first tap of the journey it goes on with. */
  readonly journeyRef?: string | undefined;
  /** The charging day its lines belong to; absent: the tap's own. */
  readonly day?: ServiceDate | undefined;
  readonly passbackOf?: string | undefined;
  readonly quotaBefore?: number | undefined;
  readonly quotaAfter?: number | undefined;
  readonly purseBeforeMinor?: MinorUnits | undefined;
  readonly purseAfterMinor?: MinorUnits | undefined;
  readonly points?: readonly PointsChange[] | undefined;
  readonly graced: readonly Grace[];
  readonly finality: Finality;
  /** What this tap settles of journeys before it: one that was never left. */
  readonly closed?: readonly ClosedJourney[] | undefined;
  /** Unchanged when declined. */
  readonly state: RiderState;
}

/** A journey that ended without an exit, and what it came to beside what was paid for it already. */
export type ClosedJourney = Omit<Part, 'rideRef'>;

const NOTHING: readonly never[] = [];

export function declined(reason: Reason, state: RiderState, riderIndex: number, passbackOf?: string): Rated {
  return {
    reason,
    lines: NOTHING,
    riderIndex,
    journeyRef: undefined,
    day: undefined,
    passbackOf,
    quotaBefore: undefined,
    quotaAfter: undefined,
    purseBeforeMinor: undefined,
    purseAfterMinor: undefined,
    points: undefined,
    graced: NOTHING,
    finality: 'final',
    closed: undefined,
    state,
  };
}

/** It never goes back: a clock behind, or a journey paid long after it began, makes no older word of a balance newer. */
export function purseAsOf({ purseAsOfMs }: RiderState, atMs: EpochMs): EpochMs {
  return purseAsOfMs !== undefined && purseAsOfMs > atMs ? purseAsOfMs : atMs;
}

/** Of a bill that is paid, and whose `after` says what the ride itself has changed. */
export function ratedOf(bill: Bill, payer: Payer, riderIndex: number, passbackOf?: string): Rated {
  const { before } = bill;
  const state = stateAfter(bill, payer);
  const { purseMinor } = state;
  return {
    reason: bill.reason,
    lines: linesOf(bill),
    riderIndex,
    journeyRef: bill.journeyRef,
    day: bill.day,
    passbackOf,
    quotaBefore: payer.quotaBefore,
    quotaAfter: payer.quotaAfter,
    purseBeforeMinor: purseMinor === undefined ? undefined : before.purseMinor,
    purseAfterMinor: purseMinor,
    points: bill.pointsChanges.length === 0 ? undefined : bill.pointsChanges,
    graced: bill.graced.length === 0 ? payer.graced : payer.graced.concat(bill.graced),
    finality: isEstimate(bill, payer) ? 'estimate' : 'final',
    closed: undefined,
    state,
  };
}

function stateAfter({ before, after, ride }: Bill, { used }: Payer): RiderState {
  // A clock that is months behind must not bring back rides that were used since.
  if (used !== undefined && !(before.quota !== undefined && used.month < before.quota.month))
    after.quota = used;
  if (after.purseMinor !== before.purseMinor) after.purseAsOfMs = purseAsOf(before, ride.atMs);
  return after;
}

/** Another vehicle's taps may have opened a window, used a quota or a purse, filled a cap: this one cannot know of them. */
function isEstimate({ tariff, ridden, after }: Bill, payer: Payer): boolean {
  const { medium, category } = ridden;
  if (after.purseMinor !== undefined || tariff.openLoop?.media[medium] === true) return true;
  if (payer.quotaBefore !== undefined || tariff.caps.length > 0 || tariff.bestValue.length > 0) return true;
  const { transfers } = tariff;
  for (let index = 0; index < transfers.length; index++) {
    const rule = transfers[index];
    if (rule?.media[medium] === true && rule.categories[category] === true) return true;
  }
  return false;
}
