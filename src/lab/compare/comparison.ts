/** What two tariffs come to over the same taps: plain data, amounts in minor units of one currency. */
import type { Problem } from '../../core/error.ts';
import type { Reason } from '../../core/reason.ts';
import type { Funder } from '../../core/tap.ts';
import type { ServiceDate } from '../../core/time.ts';
import type { Dimension, Key } from './boarding.ts';
import type { Both } from './sides.ts';

export interface Comparison {
  readonly file: string;
  readonly sides: Both<Named>;
  readonly currency: string;
  /** The first and the last service date of a tap; absent where none was rated. */
  readonly days: Both<ServiceDate> | undefined;
  readonly counts: Counts;
  /** When a version of the new tariff begins that is too late for every tap; absent where all are in use. */
  readonly later: ServiceDate | undefined;
  /** At most 100 of a kind are told, then how many more there are. */
  readonly problems: readonly Problem[];
  readonly total: Totals;
  readonly histogram: readonly Bin[];
  readonly by: Readonly<Record<Dimension, readonly Group[]>>;
  readonly changes: readonly Change[];
  /** Who pays how much less, the most first; then who pays more. */
  readonly winners: readonly Told[];
  readonly losers: readonly Told[];
}

export interface Named {
  readonly name: string;
  readonly tariffId: string;
  readonly revision: number;
  readonly hash: string;
}

export interface Counts {
  readonly taps: number;
  readonly cards: number;
  /** Taps that are wrong, late, or of a day without a price: none of their money is in any sum. */
  readonly leftOut: number;
  readonly repeats: number;
  /** By their drivers: rides that were never ridden, and are in no other number. */
  readonly takenBack: number;
  /** Rides that this tariff declines and the other accepts: what is not paid for them is no saving. */
  readonly declined: Both<number>;
}

/** Pays less over all the taps, pays more, or pays the same. */
export const VERDICTS = ['better', 'worse', 'equal'] as const;
export type Verdict = (typeof VERDICTS)[number];

export type Verdicts = Readonly<Record<Verdict, number>>;

/** Riders whose difference lies further from nothing than `beyondMinor` and at most at `toMinor`, or at any length. */
export interface Bin {
  readonly verdict: Verdict;
  readonly beyondMinor: number;
  readonly toMinor?: number;
  readonly riders: number;
}

export interface Totals {
  readonly paidMinor: Readonly<Record<Funder, Both<number>>>;
  /** Accepted. */
  readonly rides: Both<number>;
  /** Who rode, by what the change is to them over all their taps. */
  readonly riders: Verdicts;
}

export interface Group extends Totals {
  readonly key: Key;
}

/** Taps that came to something else. */
export interface Change {
  readonly reasons: Both<Reason>;
  readonly taps: number;
  /** What riders pay for them now, less what they paid. */
  readonly differenceMinor: number;
}

/** A rider whose difference is among the largest, with what makes it. */
export interface Told {
  readonly card: string;
  readonly taps: number;
  readonly paidMinor: Both<number>;
  /** Those that differ, in their order; `more` of them are not told. */
  readonly differing: readonly ToldTap[];
  readonly more: number;
}

export interface ToldTap {
  /** Where it stands in the file, and when; absent for a journey that was never left. */
  readonly line?: number;
  readonly at?: string;
  readonly action: 'entry' | 'exit' | 'load' | 'never left';
  readonly route?: string | undefined;
  readonly stop?: string | undefined;
  readonly came: Both<ToldOutcome>;
}

export interface ToldOutcome {
  readonly reason: Reason;
  readonly riderMinor: number;
  /** Sentence by sentence, as `tura tariff explain` says it. */
  readonly trace: readonly string[];
}
