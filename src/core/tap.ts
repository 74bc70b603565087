/**
 * The words a tap is said in: who (token), which (identity), where (place), when (clock). RECORDS.md 1 and 2.
 * Orders of the tables below are written into records: new words go to the end.
 */
import type { EpochMs } from './time.ts';

export const TOKEN_KINDS = ['uid', 'instrument', 'pan', 'par', 'application', 'ticket'] as const;
export type TokenKind = (typeof TOKEN_KINDS)[number];

/** Who a medium is, without saying its number: HMAC-SHA-256 of the stable identity under key `keyId`, 16 bytes in hex. */
export interface Token {
  readonly kind: TokenKind;
  readonly keyId: number;
  readonly value: string;
}

/** One string a token, for maps and for people: `uid:1:9f86d081…`. */
export function tokenKey(token: Token): string {
  return `${token.kind}:${token.keyId}:${token.value}`;
}

/** `sequence` has no gaps within an `epoch` (16 hex digits), which is drawn anew at enrolment, restore or a lost journal. */
export interface TapIdentity {
  readonly deviceId: string;
  readonly epoch: string;
  readonly sequence: number;
}

/** `tmn-bus-101/5f0c…/17`: how one record names another. */
export function identityText(identity: TapIdentity): string {
  return `${identity.deviceId}/${identity.epoch}/${identity.sequence}`;
}

export function sameIdentity(a: TapIdentity, b: TapIdentity): boolean {
  return a.sequence === b.sequence && a.epoch === b.epoch && a.deviceId === b.deviceId;
}

export const REALMS = ['production', 'test', 'training'] as const;
export type Realm = (typeof REALMS)[number];

export const ACTIONS = ['entry', 'exit', 'check'] as const;
export type Action = (typeof ACTIONS)[number];

export const ASSURANCES = ['uid', 'authenticated', 'oda'] as const;
/** How surely the medium is what it says it is, weakest first. */
export type Assurance = (typeof ASSURANCES)[number];

export const CATEGORY_SOURCES = ['card', 'entitlement', 'default', 'stop-list'] as const;
export type CategorySource = (typeof CATEGORY_SOURCES)[number];

export const FUNDERS = ['rider', 'region', 'partner', 'operator'] as const;
export type Funder = (typeof FUNDERS)[number];

export const HOMES = ['account', 'card'] as const;
/** Where the rider's state lives: on the account other vehicles may know more, on the card they cannot. */
export type Home = (typeof HOMES)[number];

export const FINALITIES = ['final', 'estimate'] as const;
export type Finality = (typeof FINALITIES)[number];

export const CARD_OUTCOMES = ['written', 'torn', 'unknown'] as const;
/** What came of writing a card: it was written, it was not, or only its next presentation tells. */
export type CardOutcome = (typeof CARD_OUTCOMES)[number];

export const CLOCK_STATES = ['gnss', 'ntp', 'free', 'unset'] as const;
export type ClockState = (typeof CLOCK_STATES)[number];

/** How the vehicle's clock stands. Corrected time = what was read + `offsetMs`; what was read is never changed. */
export interface Clock {
  readonly state: ClockState;
  readonly offsetMs: number;
  readonly uncertaintyMs: number;
}

export const PLACE_SOURCES = ['ibis', 'gnss', 'timetable', 'driver', 'unknown'] as const;
export type PlaceSource = (typeof PLACE_SOURCES)[number];

export const PLACE_QUALITIES = ['certain', 'likely', 'unknown'] as const;
export type PlaceQuality = (typeof PLACE_QUALITIES)[number];

/** Where the vehicle is. Absent means unknown, never zero. */
export interface Place {
  readonly source: PlaceSource;
  readonly quality: PlaceQuality;
  readonly routeId?: string;
  /** What the rider calls the route: `25`. */
  readonly line?: string;
  readonly networkId?: string;
  readonly tripId?: string;
  /** 0 or 1, as in GTFS. */
  readonly direction?: number;
  readonly stopId?: string;
  /** For people; never recorded, since the feed's version says it. */
  readonly stopName?: string;
  readonly zoneIds?: readonly string[];
  readonly stopSequence?: number;
  /** Where the vehicle goes from here; never recorded, since the trip and its stop say it. */
  readonly nextStopId?: string;
  /** Where the trip ends. */
  readonly lastStopId?: string;
  /** Where the driver has said that rides from here end. */
  readonly chosenStopId?: string;
  /** WGS 84 degrees. */
  readonly lat?: number;
  readonly lon?: number;
}

export const NOWHERE: Place = { source: 'unknown', quality: 'unknown' };

/** The moment that counts, after the clock's known error. */
export function correctedTime(readMs: EpochMs, clock: Clock): EpochMs {
  return (readMs + clock.offsetMs) as EpochMs;
}
