/** What one tap came to. */
import type { MinorUnits } from '../money.ts';
import type { Grace, Reason } from '../reason.ts';
import type { ChargeLine } from '../record.ts';
import type { Finality } from '../tap.ts';
import type { Ridden } from '../tariff/covers.ts';
import type { Tariff } from '../tariff/tariff.ts';
import type { ServiceDate } from '../time.ts';
import type { Part } from './account.ts';
import { type Bill, linesOf } from './bill.ts';
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

/** Of a bill that is paid, and whose `after` says what the ride itself has changed. */
export function ratedOf(bill: Bill, riderIndex: number, passbackOf?: string): Rated {
  const { payer, after } = bill;
  const { purseMinor } = after;
  return {
    reason: bill.reason,
    lines: linesOf(bill),
    riderIndex,
    journeyRef: bill.journeyRef,
    day: bill.day,
    passbackOf,
    quotaBefore: payer.quotaBefore,
    quotaAfter: payer.quotaAfter,
    purseBeforeMinor: purseMinor === undefined ? undefined : bill.before.purseMinor,
    purseAfterMinor: purseMinor,
    points: bill.pointsChanges,
    graced: bill.graced,
    finality: isEstimate(bill) ? 'estimate' : 'final',
    closed: undefined,
    state: after,
  };
}

/** Another vehicle's taps may have opened a window, used a quota or a purse, filled a cap: this one cannot know of them. */
function isEstimate({ tariff, ridden, payer, after }: Bill): boolean {
  return (
    tariff.caps.length > 0 ||
    payer.quotaBefore !== undefined ||
    after.purseMinor !== undefined ||
    tariff.bestValue.length > 0 ||
    tariff.openLoop?.media[ridden.medium] === true ||
    mayTransfer(tariff, ridden)
  );
}

function mayTransfer({ transfers }: Tariff, { medium, category }: Ridden): boolean {
  for (let index = 0; index < transfers.length; index++) {
    const rule = transfers[index];
    if (rule?.media[medium] === true && rule.categories[category] === true) return true;
  }
  return false;
}
