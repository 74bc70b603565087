/**
 * What the back office keeps of one token: how it stood when its last day was closed, every tap since, and what each of
 * them came to. Plain data: it is stored as JSON between two batches.
 */
import type { MinorUnits } from '../money.ts';
import type { Grace, Reason } from '../reason.ts';
import type { ChargeLine } from '../record.ts';
import type { ServiceDate } from '../time.ts';
import type { PointsChange } from './points.ts';
import type { Ride } from './ride.ts';
import type { RiderState } from './rider.ts';

export const ACCOUNT_VERSION = 1;

/** A tap as it is settled. Its identity is its ride's `ref`: deviceId/epoch/sequence. */
export interface AccountTap {
  /** Device and epoch: within one its own sequence beats its clock (RECORDS.md 1). */
  readonly stream: string;
  readonly sequence: number;
  /** Of its record; two hashes under one identity are a conflict. */
  readonly hash: string;
  readonly ride: Ride;
}

/** What a tap came to when it was rated last. */
export interface Outcome {
  readonly reason: Reason;
  /** '' where no version of the tariff holds. */
  readonly tariffHash: string;
  /** By journey: its own, and those that it closed. */
  readonly parts: readonly Part[];
  /** Rides left of the quota, and the purse, afterwards. */
  readonly quotaAfter: number | undefined;
  readonly purseAfterMinor: MinorUnits | undefined;
  readonly points: readonly PointsChange[] | undefined;
  readonly graced: readonly Grace[];
  /** Charges made for it so far. */
  readonly revision: number;
}

export interface Part {
  /** The identity text of the journey's first tap. */
  readonly journeyRef: string;
  /** The tap whose ride it is: the one that it is rated with, or the entry of a journey that it closes. */
  readonly rideRef: string;
  /** Of the tariff's version that it is priced by. */
  readonly tariffHash: string;
  /** The charging day it belongs to; a journey's is that of its first entry. */
  readonly day: ServiceDate;
  /** Beside what an earlier part of its journey did to them. */
  readonly points: readonly PointsChange[] | undefined;
  readonly lines: readonly ChargeLine[];
}

export interface Account {
  readonly version: typeof ACCOUNT_VERSION;
  /** The last charging day that was closed. */
  readonly closedThrough: ServiceDate | undefined;
  /** How the rider stood then. */
  readonly settled: RiderState | undefined;
  /** Taps since, in their total order, and beside each what it came to. */
  readonly taps: readonly AccountTap[];
  readonly outcomes: readonly Outcome[];
  /** Identity texts of taps that were taken back, whether they have come yet or not; the newest last. */
  readonly voided: readonly string[];
  /** How the rider stands after the last of them. */
  readonly state: RiderState | undefined;
}

export const NEW_ACCOUNT: Account = {
  version: ACCOUNT_VERSION,
  closedThrough: undefined,
  settled: undefined,
  taps: [],
  outcomes: [],
  voided: [],
  state: undefined,
};

/** A charge is never edited: what turns out otherwise is another charge, of the difference (RECORDS.md 3). */
export interface Charge {
  /** The tap it is for, or `close:20260302` where a day's end closed a journey. */
  readonly ref: string;
  readonly journeyRef: string;
  /** From 1; a later one adjusts what the earlier ones came to. */
  readonly revision: number;
  readonly tariffHash: string;
  readonly reason: Reason;
  readonly serviceDate: ServiceDate;
  /** The open day it is booked to, where its own was closed already. */
  readonly bookedOn: ServiceDate;
  readonly lines: readonly ChargeLine[];
}
