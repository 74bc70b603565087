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
import type { LastRide, RiderState } from './rider.ts';
import { RIDER_STATE_VERSION } from './rider.ts';

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

/** The rest of what a rider's state becomes, which no rule on the bill has changed. */
export interface Remembered {
  readonly lastRide: LastRide | undefined;
  readonly journey: RiderState['journey'];
  readonly completions: RiderState['completions'];
  readonly habits: RiderState['habits'];
}

export function stateAfter(bill: Bill, payer: Payer, remembered: Remembered): RiderState {
  const { used } = payer;
  const { quota } = bill.before;
  return {
    version: RIDER_STATE_VERSION,
    lastRide: remembered.lastRide,
    windows: bill.windows,
    // A clock that is months behind must not bring back rides that were used since.
    quota: used !== undefined && quota !== undefined && used.month < quota.month ? quota : (used ?? quota),
    journey: remembered.journey,
    caps: bill.caps,
    passes: bill.passes,
    bestValue: bill.bestValue,
    purseMinor: bill.purseMinor,
    purseAsOfMs:
      bill.purseMinor === bill.before.purseMinor
        ? bill.before.purseAsOfMs
        : purseAsOf(bill.before, bill.ride.atMs),
    credit: bill.credit,
    sums: bill.sums,
    points: bill.points,
    completions: remembered.completions,
    habits: remembered.habits,
  };
}

/** It never goes back: a clock behind, or a journey paid long after it began, makes no older word of a balance newer. */
export function purseAsOf({ purseAsOfMs }: RiderState, atMs: EpochMs): EpochMs {
  return purseAsOfMs !== undefined && purseAsOfMs > atMs ? purseAsOfMs : atMs;
}

export function ratedOf(
  bill: Bill,
  payer: Payer,
  group: { riderIndex: number; ref: string | undefined },
  state: RiderState,
): Rated {
  const { before, purseMinor } = bill;
  return {
    reason: bill.reason,
    lines: linesOf(bill),
    riderIndex: group.riderIndex,
    journeyRef: bill.journeyRef,
    day: bill.day,
    passbackOf: group.ref,
    quotaBefore: payer.quotaBefore,
    quotaAfter: payer.quotaAfter,
    purseBeforeMinor: purseMinor === undefined ? undefined : before.purseMinor,
    purseAfterMinor: purseMinor,
    points: bill.pointsChanges.length === 0 ? undefined : bill.pointsChanges,
    graced: bill.graced.length === 0 ? payer.graced : [...payer.graced, ...bill.graced],
    finality: isEstimate(bill, payer) ? 'estimate' : 'final',
    closed: undefined,
    state,
  };
}

/** Another vehicle's taps may have opened a window, used a quota or a purse, filled a cap: this one cannot know of them. */
function isEstimate({ tariff, medium, category, purseMinor }: Bill, payer: Payer): boolean {
  if (purseMinor !== undefined || tariff.openLoop?.media[medium] === true) return true;
  if (payer.quotaBefore !== undefined || tariff.caps.length > 0 || tariff.bestValue.length > 0) return true;
  for (const rule of tariff.transfers)
    if (rule.media[medium] === true && rule.categories[category] === true) return true;
  return false;
}
