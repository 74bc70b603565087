/**
 * A tariff, checked and compiled: plain data with every look-up worked out beforehand, so that rating a tap is a few
 * array reads. Names are interned: a category, medium, network, zone or band is its index in the list of its names. It
 * can be written as JSON and read back as it was.
 */
import type { MediumForm } from '../card/face.ts';
import type { MinorUnits, Rounding } from '../money.ts';
import type { Reason } from '../reason.ts';
import type { ChargeLine } from '../record.ts';
import type { Assurance } from '../tap.ts';
import type { ServiceDate, Zone } from '../time.ts';
import type { Bands } from './bands.ts';
import type { BestValue } from './best-value.ts';
import type { Cap } from './caps.ts';
import type { Programme } from './loyalty.ts';
import type { NetworkRules } from './networks.ts';
import type { OpenLoop } from './open-loop.ts';
import type { Pass } from './passes.ts';
import type { Purse } from './purse.ts';
import type { Transfer } from './transfers.ts';

export interface Tariff {
  /** SHA-256 over the folder's files, in hex: with it a charge says what it was made by. */
  readonly hash: string;
  readonly tariffId: string;
  readonly revision: number;
  readonly currency: string;
  readonly zone: Zone;
  readonly dayStartS: number;
  /** 0 is Sunday. */
  readonly weekStart: number;
  /** Moments are cut down to this before any window is looked at. */
  readonly resolutionMs: number;
  readonly effectiveFrom: ServiceDate;
  /** It began some day after `effectiveFrom`, and nobody published which. */
  readonly beganUnknown: boolean;
  /** The last day; absent: until another tariff takes over. */
  readonly effectiveTo?: ServiceDate;
  readonly pricedBy: 'first-entry' | 'tap';
  /** Of a share of a ride's price that only the ride itself tells. */
  readonly rounding: Rounding;
  /** Sums are rounded to the tariff's step, lines to the minor unit; absent: each line is rounded to the step. */
  readonly sumRounding?: SumRounding;

  /** By the product's number. */
  readonly productNames: Readonly<Record<number, ProductName>>;
  readonly mediumNames: readonly string[];
  readonly media: Readonly<Record<string, MediumClass>>;
  /** The class a form is taken for where no entitlement says otherwise. */
  readonly mediumByForm: Readonly<Partial<Record<MediumForm, string>>>;
  readonly defaultCategory: string;
  readonly categoryNames: readonly string[];
  readonly categories: Readonly<Record<string, Category>>;
  /** `networkNames[0]` is '': every network that no leg rule names (GTFS Fares v2: empty is not any). */
  readonly networkNames: readonly string[];
  readonly networks: readonly NetworkRules[];
  readonly networkIndex: Readonly<Record<string, number>>;
  /** For taps that name their route alone. */
  readonly networkOfRoute: Readonly<Record<string, string>>;
  readonly carrierNames: readonly string[];
  readonly carrierOfRoute: Readonly<Record<string, string>>;
  /** How a journey's money is shared among carriers; absent: it stays with whoever took it. */
  readonly apportionedBy?: Apportionment;
  /** A zone is a set of areas that some stop lies in; `zones[0]` is none. */
  readonly zones: readonly (readonly string[])[];
  readonly zoneOfStop: Readonly<Record<string, number>>;
  /** Where a zone's areas stand in the order they are crossed in; none without an order. */
  readonly zoneRanks: readonly (readonly number[])[];
  readonly bands: Bands;
  /** Of each band, the timeframe groups that hold in it. */
  readonly bandNames: readonly (readonly string[])[];
  readonly prices: Prices;

  readonly passback: Passback;
  readonly transfers: readonly Transfer[];
  readonly caps: readonly Cap[];
  readonly passes: readonly Pass[];
  readonly bestValue: readonly BestValue[];
  readonly purse?: Purse;
  readonly openLoop?: OpenLoop;
  /** Whether a card whose transit application has nothing valid may pay by its bank application. */
  readonly fallbackToPayment: 'never' | 'ask' | 'always';
  readonly loyalty: readonly Programme[];
  readonly uncertain: Uncertain;
  /** Where a rule stands, by its id in a charge. */
  readonly rules: Readonly<Record<string, RuleSource>>;
}

export type Apportionment = 'boarding' | 'price' | 'ride';

export interface SumRounding {
  readonly stage: 'journey' | 'day';
  readonly rounding: Rounding;
}

export interface ProductName {
  readonly en: string;
  readonly ru: string;
}

export interface MediumClass {
  readonly index: number;
  /** Absent: as the category says. */
  readonly ridersPerTrip?: number;
  readonly assurance: Assurance;
}

export interface Category {
  readonly index: number;
  readonly ridersPerTrip: number;
  readonly fallback?: string;
  readonly quota?: Quota;
  /** Month and day as mmdd, both included; from > to runs over the new year. */
  readonly season?: { readonly from: number; readonly to: number };
  /** Full years, both included. */
  readonly ages?: { readonly from: number; readonly to: number };
}

export interface Quota {
  readonly ruleId: string;
  /** yyyymm -> rides. */
  readonly months: Readonly<Record<number, number>>;
  readonly unpublished: 'grace' | 'fallback';
}

/** Leg rules by what a ride is, and what each costs whom. */
export interface Prices {
  /**
   * `legs[(((network * zones + from) * zones + to) * bands + entryBand) * exitBands + exitBand]`: a row of `fares`, or
   * -1: no rule matches.
   */
  readonly legs: readonly number[];
  /** 1 where no leg rule asks when a ride ends. */
  readonly exitBands: number;
  /** `fares[leg][category * media + medium]`; null: not sold to them. */
  readonly fares: readonly (readonly (Fare | null)[])[];
  /** `considered[leg]`: the leg rules behind it, for whoever asks why. */
  readonly considered: readonly Considered[];
}

/** Ids of the leg rules that fit a ride: of equal right among the highest priority, and those below it. */
export interface Considered {
  readonly equal: readonly string[];
  readonly overruled: readonly string[];
}

/** What one ride costs one category on one medium. */
export interface Fare {
  readonly reason: Reason;
  readonly productId: number;
  /** What the rider pays, and of it what a following ride does not pay again (`without-base`). */
  readonly amountMinor: MinorUnits;
  readonly baseMinor: MinorUnits;
  /** Where its price stands: `fare_products.txt:7`. */
  readonly pricedAt?: string;
  /** The rider's line first. */
  readonly lines: readonly ChargeLine[];
}

export interface Passback {
  readonly debounceMs: number;
  /** By `window` whoever shows the medium again is a further rider; by `trigger` only where a button or the driver says so. */
  readonly furtherBy: 'window' | 'trigger';
  readonly furtherRiderMs: number;
  readonly refuseMs: number;
  readonly inclusive: boolean;
}

type WhenUncertain = 'grace' | 'decline';

export interface Uncertain {
  readonly noStop: WhenUncertain;
  readonly noClock: WhenUncertain;
  readonly noEntitlement: WhenUncertain;
  readonly staleStopList: WhenUncertain;
}

/** `tariff.yaml:31`, and where the rule was published, or `assumed`. */
export interface RuleSource {
  readonly at: string;
  readonly source: string;
}
