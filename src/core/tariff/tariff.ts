/**
 * A tariff, checked and compiled: plain data with every look-up worked out beforehand, so that rating a tap is a few
 * property reads. It can be written as JSON and read back as it was.
 */
import type { CardForm } from '../card/face.ts';
import type { Reason } from '../reason.ts';
import type { ChargeLine } from '../record.ts';
import type { Assurance } from '../tap.ts';
import type { ServiceDate, Zone } from '../time.ts';

export interface Tariff {
  /** SHA-256 over the folder's files, in hex: with it a charge says what it was made by. */
  readonly hash: string;
  readonly tariffId: string;
  readonly revision: number;
  readonly currency: string;
  readonly zone: Zone;
  readonly dayStartS: number;
  /** Moments are cut down to this before any window is looked at. */
  readonly resolutionMs: number;
  readonly effectiveFrom: ServiceDate;
  /** The last day; absent: until another tariff takes over. */
  readonly effectiveTo?: ServiceDate;
  readonly media: Readonly<Record<string, MediumClass>>;
  /** The class a card form is taken for where no entitlement says otherwise. */
  readonly mediumByForm: Readonly<Partial<Record<CardForm, string>>>;
  readonly defaultCategory: string;
  readonly categories: Readonly<Record<string, Category>>;
  /** Networks some leg rule names. An empty `network_id` matches every other one, and only those (GTFS Fares v2). */
  readonly listedNetworks: readonly string[];
  /** `fares[category][medium class][network or ''] ` */
  readonly fares: Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, Fare>>>>>>;
  /** `transfers[category][medium class]`: the transfer that fits both. */
  readonly transfers: Readonly<Record<string, Readonly<Record<string, Transfer>>>>;
  readonly passback: Passback;
  readonly uncertain: Uncertain;
}

export interface MediumClass {
  readonly assurance: Assurance;
}

export interface Category {
  readonly ridersPerTrip: number;
  readonly fallback?: string;
  readonly quota?: Quota;
  /** Month and day as mmdd, both included; from > to runs over the new year. */
  readonly season?: { readonly from: number; readonly to: number };
}

export interface Quota {
  /** yyyymm -> rides. */
  readonly months: Readonly<Record<number, number>>;
  readonly unpublished: 'grace' | 'fallback';
}

/** What one ride costs one category on one medium in one network. */
export interface Fare {
  readonly reason: Reason;
  readonly lines: readonly ChargeLine[];
}

export interface Transfer {
  readonly windowMs: number;
  readonly inclusive: boolean;
  readonly count: number;
  readonly sameRoute: 'allowed' | 'refused';
  readonly groupCovered: boolean;
  readonly freeRideOpensWindow: boolean;
  readonly productId: number;
  readonly ruleId: string;
}

export interface Passback {
  readonly debounceMs: number;
  readonly furtherRiderMs: number;
  readonly refuseMs: number;
}

type WhenUncertain = 'grace' | 'decline';

export interface Uncertain {
  readonly noStop: WhenUncertain;
  readonly noClock: WhenUncertain;
  readonly noEntitlement: WhenUncertain;
  readonly staleStopList: WhenUncertain;
}

/** A network as `fares` is keyed by it. */
export function fareNetwork(tariff: Tariff, networkId: string | undefined): string {
  return networkId !== undefined && tariff.listedNetworks.includes(networkId) ? networkId : '';
}
