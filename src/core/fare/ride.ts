/** A tap as the engine takes it: names as everybody writes them, and interned against one tariff. */
import type { HeldPass, QuotaUsed } from '../entitlement.ts';
import type { MinorUnits } from '../money.ts';
import { bandAt } from '../tariff/bands.ts';
import type { Tariff } from '../tariff/tariff.ts';
import type { EpochMs, ServiceDate } from '../time.ts';

export interface Ride {
  /** Absent: an entry. A load puts money into the purse. */
  readonly action?: 'entry' | 'exit' | 'load' | undefined;
  /** The identity text of this tap. */
  readonly ref: string;
  /** Corrected time, cut to the tariff's resolution. */
  readonly atMs: EpochMs;
  readonly serviceDate: ServiceDate;
  /** Trip and service date, or the vehicle when the trip is unknown. */
  readonly trip: string;
  readonly routeId?: string | undefined;
  readonly networkId?: string | undefined;
  readonly stopId?: string | undefined;
  /** Where the price is taken to end, in networks without exit taps. */
  readonly destinationId?: string | undefined;
  readonly mediumClass: string;
  readonly category: string;
  /** The category's proof has run out: its fallback pays, its limits stay. */
  readonly proofExpired?: boolean;
  /** Rides of the quota that the entitlement knows were used, on any vehicle. */
  readonly quotaUsed?: QuotaUsed | undefined;
  readonly passes?: readonly HeldPass[] | undefined;
  /** Of a load. */
  readonly amountMinor?: MinorUnits | undefined;
  /** Points the rider asks to pay with, by programme. */
  readonly redeem?: readonly string[] | undefined;
  /** The purse as the back office last knew it, on the account. */
  readonly purseHint?: PurseHint | undefined;
  /** Of a bank card: some payment of it was once taken. */
  readonly isProven?: boolean | undefined;
  /** How many riders a button or the driver's word has asked for on this card. Absent: nobody asked. */
  readonly riders?: number | undefined;
  /** Whose vehicle it was, where the route does not say. */
  readonly carrierId?: string | undefined;
  /** The vehicle has let its rider in: it is owed, and no limit of purse or credit is asked again. */
  readonly wasRidden?: boolean | undefined;
}

export interface PurseHint {
  readonly minor: MinorUnits;
  readonly asOfMs: EpochMs;
}

/** A ride by its indices in one tariff; -1 where the tariff knows no such name. */
export interface Interned {
  readonly network: number;
  readonly zone: number;
  readonly band: number;
  readonly medium: number;
}

/** Its network and its medium are looked up by whoever asks what kind of ride it is. */
export function intern(tariff: Tariff, ride: Ride, network: number, medium: number): Interned {
  const band = bandAt(tariff.bands, tariff.zone, ride.atMs);
  return { network, zone: zoneOf(tariff, ride.stopId), band, medium };
}

export function mediumOf({ media }: Tariff, mediumClass: string): number {
  return media[mediumClass]?.index ?? -1;
}

/** 0 is no zone; a flat fare has no other, and looks no stop up. */
export function zoneOf({ zones, zoneOfStop }: Tariff, stopId: string | undefined): number {
  return stopId === undefined || zones.length === 1 ? 0 : (zoneOfStop[stopId] ?? 0);
}

/** 0 is every network that no rule names. */
export function networkOf({ networkIndex }: Tariff, networkId: string | undefined): number {
  return networkId === undefined ? 0 : (networkIndex[networkId] ?? 0);
}
