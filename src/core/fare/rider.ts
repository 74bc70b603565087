/**
 * What the engine must remember of one token between taps: small, serialisable, versioned. It lives on the account
 * (written with the tap that changed it) or on the card.
 */
import type { EpochMs } from '../time.ts';

export const RIDER_STATE_VERSION = 1;

export interface RiderState {
  readonly version: typeof RIDER_STATE_VERSION;
  readonly lastRide?: LastRide;
  readonly window?: TransferWindow;
  /** Rides used in a month of the quota; another month's count has lapsed. */
  readonly quota?: { readonly month: number; readonly used: number };
}

/** The trip the medium was last accepted on, for passback and groups. */
export interface LastRide {
  /** The identity text of the group's first tap. */
  readonly ref: string;
  /** Trip and service date, or the vehicle when the trip is unknown. */
  readonly trip: string;
  readonly atMs: EpochMs;
  readonly riders: number;
}

/** A paid ride that later rides may continue. */
export interface TransferWindow {
  /** The identity text of the journey's first tap. */
  readonly ref: string;
  readonly openedAtMs: EpochMs;
  readonly routeId?: string;
  /** Riders who paid in the ride that opened it; more than one only where the group is covered. */
  readonly riders: number;
  /** Rides continued so far, of all riders together. */
  readonly used: number;
}
