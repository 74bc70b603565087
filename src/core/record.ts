/**
 * The journal record (RECORDS.md 1): one shape for every kind, flat, absent meaning unknown. Its canonical bytes are
 * made in `wire/record`; a field here without a number there does not travel, and the compiler says so.
 */
import type { MinorUnits } from './money.ts';
import type { Decision, Grace, Reason } from './reason.ts';
import type {
  Action,
  Assurance,
  CategorySource,
  ClockState,
  Finality,
  Funder,
  Home,
  PlaceQuality,
  PlaceSource,
  Realm,
  TapIdentity,
  Token,
} from './tap.ts';
import type { EpochMs, ServiceDate } from './time.ts';

export const RECORD_SCHEMA = 1;

export const RECORD_KINDS = [
  'tap',
  'intent',
  'outcome',
  'void',
  'action',
  'shift',
  'mode',
  'clock',
  'health',
] as const;
export type RecordKind = (typeof RECORD_KINDS)[number];

/** A charge is lines by funder: a free ride is rider 0.00 and region 42.00 against the named reference price. */
export interface ChargeLine {
  readonly productId: number;
  readonly amountMinor: MinorUnits;
  readonly funder: Funder;
  readonly referenceMinor?: MinorUnits;
  readonly ruleIds: readonly string[];
}

/** What the journal adds to a body when it gives it its place in the sequence. */
export interface Envelope extends TapIdentity {
  readonly schema: number;
  readonly realm: Realm;
  /** SHA-256 of the record before this one, in hex; absent on the first of an epoch. */
  readonly prevHash?: string;
  readonly firmware: string;
  readonly bootId: string;
}

interface Time {
  readonly eventTimeMs: EpochMs;
  readonly monotonicMs: number;
  readonly clockState: ClockState;
  readonly offsetMs: number;
  readonly uncertaintyMs: number;
  readonly serviceDate?: ServiceDate;
}

interface Where {
  readonly carrierId?: string;
  readonly vehicleId?: string;
  readonly doorId?: string;
  readonly readerId?: string;
  readonly routeId?: string;
  readonly line?: string;
  readonly tripId?: string;
  readonly direction?: number;
  readonly stopId?: string;
  readonly zoneIds?: readonly string[];
  readonly stopSequence?: number;
  readonly lat?: number;
  readonly lon?: number;
  readonly source?: PlaceSource;
  readonly quality?: PlaceQuality;
}

interface Who {
  readonly token?: Token;
  readonly furtherTokens?: readonly Token[];
  readonly mediumClass?: string;
  readonly scheme?: string;
  readonly assurance?: Assurance;
  readonly category?: string;
  readonly categorySource?: CategorySource;
  readonly cardCounterBefore?: number;
  readonly cardCounterAfter?: number;
}

interface What {
  readonly action?: Action;
  /** Counts from 1 within the group on one card. */
  readonly riderIndex?: number;
  readonly riders?: number;
  /** The identity of the journey's first tap; absent on that tap itself. */
  readonly journeyRef?: string;
  readonly passbackOf?: string;
  readonly decision?: Decision;
  readonly reason?: Reason;
  readonly graced?: readonly Grace[];
  readonly home?: Home;
  readonly finality?: Finality;
}

interface Money {
  readonly currency?: string;
  readonly lines?: readonly ChargeLine[];
  readonly purseBeforeMinor?: MinorUnits;
  readonly purseAfterMinor?: MinorUnits;
  readonly quotaBefore?: number;
  readonly quotaAfter?: number;
}

interface Inputs {
  readonly tariffHash?: string;
  readonly stopListVersion?: number;
  readonly entitlementVersion?: number;
  readonly actionVersion?: number;
  readonly feedVersion?: string;
  readonly settingsHash?: string;
  readonly stateHash?: string;
}

interface Duty {
  readonly shiftId?: string;
  readonly driverId?: string;
  readonly waybill?: string;
  readonly paymentEnvelopeRef?: string;
}

/** A record before the journal has given it its identity. */
export interface RecordBody extends Time, Where, Who, What, Money, Inputs, Duty {
  readonly kind: RecordKind;
}

export interface JournalRecord extends Envelope, RecordBody {}

/** Which versions of tariff, lists and feed a decision stood on; stamped on every record. */
export type VersionVector = Inputs;

/** What the rider of one record pays, whoever else pays the rest. */
export function riderAmount(lines: readonly ChargeLine[] | undefined): MinorUnits {
  let total = 0;
  for (const line of lines ?? []) if (line.funder === 'rider') total += line.amountMinor;
  return total as MinorUnits;
}
