/**
 * The journal record (RECORDS.md 1): one shape for every kind, flat, absent meaning unknown. Its canonical bytes are
 * made in `wire/record`; a field here without a number there does not travel, and the compiler says so.
 */
import type { DoneAction } from './list/card-action.ts';
import type { MinorUnits } from './money.ts';
import type { Decision, Grace, Reason } from './reason.ts';
import type {
  Action,
  Assurance,
  CardOutcome,
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

export const MODES = ['in-service', 'out-of-service', 'inspection'] as const;
/** What a vehicle is there for at the moment. */
export type Mode = (typeof MODES)[number];

export const SHIFT_CHANGES = ['opened', 'closed', 'refused'] as const;
/** `refused`: its PIN was wrong. */
export type ShiftChange = (typeof SHIFT_CHANGES)[number];

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
  readonly prevHash?: string | undefined;
  readonly firmware: string;
  readonly bootId: string;
}

interface Time {
  readonly eventTimeMs: EpochMs;
  readonly monotonicMs: number;
  readonly clockState: ClockState;
  readonly offsetMs: number;
  readonly uncertaintyMs: number;
  readonly serviceDate?: ServiceDate | undefined;
}

interface Where {
  readonly carrierId?: string | undefined;
  readonly vehicleId?: string | undefined;
  readonly doorId?: string | undefined;
  readonly readerId?: string | undefined;
  readonly routeId?: string | undefined;
  readonly line?: string | undefined;
  readonly tripId?: string | undefined;
  readonly direction?: number | undefined;
  readonly stopId?: string | undefined;
  readonly zoneIds?: readonly string[] | undefined;
  readonly stopSequence?: number | undefined;
  /** Where a ride without an exit is taken to end, where its price asks. */
  readonly destinationId?: string | undefined;
  readonly lat?: number | undefined;
  readonly lon?: number | undefined;
  readonly source?: PlaceSource | undefined;
  readonly quality?: PlaceQuality | undefined;
}

interface Who {
  readonly token?: Token | undefined;
  readonly furtherTokens?: readonly Token[] | undefined;
  readonly mediumClass?: string | undefined;
  readonly scheme?: string | undefined;
  readonly assurance?: Assurance | undefined;
  readonly category?: string | undefined;
  readonly categorySource?: CategorySource | undefined;
  readonly cardCounterBefore?: number | undefined;
  readonly cardCounterAfter?: number | undefined;
  /** Of an intent: what is to stand on the card, in hex. */
  readonly cardStateAfter?: string | undefined;
}

interface What {
  readonly action?: Action | undefined;
  /** Counts from 1 within the group on one card. */
  readonly riderIndex?: number | undefined;
  readonly riders?: number | undefined;
  /** The identity of the journey's first tap; absent on that tap itself. */
  readonly journeyRef?: string | undefined;
  readonly passbackOf?: string | undefined;
  readonly decision?: Decision | undefined;
  readonly reason?: Reason | undefined;
  readonly graced?: readonly Grace[] | undefined;
  readonly home?: Home | undefined;
  readonly finality?: Finality | undefined;
  /** Of an outcome: what came of writing the card, and the identity of the intent it belongs to. */
  readonly outcome?: CardOutcome | undefined;
  readonly intentRef?: string | undefined;
  /** What the operator's list had done to the card by the same write; its record is then an `action`. */
  readonly cardActions?: readonly DoneAction[] | undefined;
}

interface Money {
  readonly currency?: string | undefined;
  readonly lines?: readonly ChargeLine[] | undefined;
  readonly purseBeforeMinor?: MinorUnits | undefined;
  readonly purseAfterMinor?: MinorUnits | undefined;
  readonly quotaBefore?: number | undefined;
  readonly quotaAfter?: number | undefined;
}

interface Inputs {
  readonly tariffHash?: string | undefined;
  readonly stopListVersion?: number | undefined;
  readonly entitlementVersion?: number | undefined;
  readonly actionVersion?: number | undefined;
  readonly feedVersion?: string | undefined;
  readonly settingsHash?: string | undefined;
  readonly stateHash?: string | undefined;
}

interface Duty {
  readonly shiftId?: string | undefined;
  readonly driverId?: string | undefined;
  readonly waybill?: string | undefined;
  readonly paymentEnvelopeRef?: string | undefined;
  /** On records of a duty, which taps are not. */
  readonly mode?: Mode | undefined;
  /** Readers and lists that did not work: a vehicle in service with any of them is degraded. */
  readonly partsDown?: readonly string[] | undefined;
  readonly shift?: ShiftChange | undefined;
  /** The identity of the tap that is taken back. */
  readonly voidOf?: string | undefined;
}

/**
 * A record before the journal has given it its identity. A field that is undefined is absent: what is written at every
 * tap is not copied only to leave those out.
 */
export interface RecordBody extends Time, Where, Who, What, Money, Inputs, Duty {
  readonly kind: RecordKind;
}

export interface JournalRecord extends Envelope, RecordBody {}

/** Which versions of tariff, lists and feed a decision stood on; stamped on every record. */
export type VersionVector = Inputs;

/** What a record does to the money that riders paid: a ride taken back gives it back, an intent leaves it to its outcome. */
export function takenFromRider({ kind, lines }: Pick<JournalRecord, 'kind' | 'lines'>): MinorUnits {
  return kind === 'intent' ? (0 as MinorUnits) : riderAmount(lines);
}

/** What the rider of one record pays, whoever else pays the rest. */
export function riderAmount(lines: readonly ChargeLine[] | undefined): MinorUnits {
  let total = 0;
  for (const line of lines ?? []) if (line.funder === 'rider') total += line.amountMinor;
  return total as MinorUnits;
}
