/**
 * What a vehicle is on duty for: its mode, its driver's shift, and what the driver has asked for that the next rider
 * meets. What changes is written before it holds, as taps are: asked -> commit -> committed -> told.
 */
import type { RiderState } from '../fare/rider.ts';
import type { MinorUnits } from '../money.ts';
import type { Mode, RecordBody, ShiftChange } from '../record.ts';
import type { Place, TapIdentity, Token } from '../tap.ts';
import type { Tariff } from '../tariff/tariff.ts';
import type { Tariffs } from '../tariff/versions.ts';
import type { EpochMs } from '../time.ts';
import type { Installation } from './decide.ts';
import type { Fault, Presented, RiderUpdate } from './event.ts';

export interface Duty {
  readonly mode: Mode;
  /** Parts that do not work, each by its name; in service with any of them is degraded. */
  readonly down: readonly string[];
  readonly shift: Shift | undefined;
  readonly further: Further | undefined;
  readonly destination: Destination | undefined;
  /** The last ride that was accepted: the one that a void takes back. */
  readonly ridden: Ridden | undefined;
}

export const ON_DUTY: Duty = {
  mode: 'in-service',
  down: [],
  shift: undefined,
  further: undefined,
  destination: undefined,
  ridden: undefined,
};

/** Who drives: it stands on every record from its opening to its closing. */
export interface Shift {
  readonly shiftId: string;
  /** A pseudonym: the operator knows whose. */
  readonly driverId: string;
  readonly waybill?: string | undefined;
}

/** Riders asked for by button who have not been paid for yet. */
export interface Further {
  readonly riders: number;
  /** By the monotonic clock. */
  readonly askedMs: number;
}

/** Where rides from one stop are said to end. */
export interface Destination {
  readonly stopId: string;
  readonly fromStopId: string | undefined;
}

export interface Ridden {
  readonly identity: TapIdentity;
  readonly body: RecordBody;
  readonly token: Token;
  /** How its rider stood before it. */
  readonly before: RiderState | undefined;
}

/** What a device file says of shifts and voids. */
export interface DutyRules {
  /** Whether taps are taken while nobody's shift is open. */
  readonly shift: 'required' | 'optional';
  /** How long after it a ride may be taken back. */
  readonly voidWithinMs: number;
}

/** Where a device file says nothing of shifts. */
const AT_EASE: DutyRules = { shift: 'optional', voidWithinMs: 120_000 };

/** What never changes while the vehicle runs. */
export interface Rules {
  readonly tariffs: Tariffs;
  /** The first of them: versions differ in prices alone, and whatever else is asked of a tariff, it can say. */
  readonly tariff: Tariff;
  readonly installation: Installation;
  readonly duty: DutyRules;
}

export function rulesOf(tariffs: Tariffs, installation: Installation): Rules {
  return { tariffs, tariff: tariffs[0], installation, duty: installation.duty ?? AT_EASE };
}

export type DutyRequest =
  | { readonly kind: 'mode'; readonly mode: Mode }
  /** The parts that do not work now. */
  | { readonly kind: 'parts'; readonly down: readonly string[] }
  /** The driver chose a line, a trip or a stop, and the vehicle is placed by it already. */
  | { readonly kind: 'line' }
  /** The PIN was right. */
  | { readonly kind: 'open-shift'; readonly shift: Shift }
  | { readonly kind: 'wrong-pin'; readonly driverId: string }
  | { readonly kind: 'close-shift' }
  | { readonly kind: 'void' }
  | { readonly kind: 'riders'; readonly more: number }
  /** Whoever was asked whether the bank application pays has said yes, and the card lies there still. */
  | { readonly kind: 'yes' }
  /** Absent: rides end wherever their fare takes them to. */
  | { readonly kind: 'destination'; readonly stopId: string | undefined };

/** `id` tells whoever asked which answer is theirs. */
export interface Asked {
  readonly id: number;
  readonly request: DutyRequest;
  readonly eventTimeMs: EpochMs;
  readonly monotonicMs: number;
}

/** What whoever asked is told, when it is on disk. */
export type Told =
  | { readonly kind: 'mode'; readonly mode: Mode; readonly down: readonly string[] }
  | { readonly kind: 'line'; readonly place: Place }
  | { readonly kind: 'shift'; readonly change: ShiftChange; readonly shift: Shift | undefined }
  | {
      readonly kind: 'voided';
      readonly of: TapIdentity;
      readonly refundMinor: MinorUnits;
      readonly currency: string | undefined;
    }
  | { readonly kind: 'riders'; readonly riders: number }
  | { readonly kind: 'yes'; readonly readerId: string }
  | { readonly kind: 'destination'; readonly stopId: string | undefined }
  | { readonly kind: 'refused'; readonly why: Refusal }
  | ({ readonly kind: 'fault' } & Fault);

export const REFUSALS = {
  'no-ride': 'no ride to take back',
  'void-late': 'too late to take the last ride back',
  'void-other-shift': 'the last ride is of another shift',
  'void-on-card': 'the last ride stands on its card, and the card is not here',
  'shift-open': 'a shift is open: close it first',
  'no-shift': 'no shift is open',
  'too-many-riders': 'too many further riders at once',
  'nobody-asked': 'no card lies there that was asked to pay: it is to be held there again',
  'two-asked': 'two cards lie there that were asked to pay: each is to be held there again',
  busy: 'too much is asked for at once',
} as const;
export type Refusal = keyof typeof REFUSALS;

/** What a request comes to. */
export type Change =
  | { readonly kind: 'refused'; readonly why: Refusal }
  /** Holds at once: the tap that it leads to is what is written. */
  | { readonly kind: 'at-once'; readonly duty: Duty; readonly told: Told }
  /** As if this were held there now; its tap is what is written. */
  | { readonly kind: 'presented'; readonly presented: Presented; readonly told: Told }
  | ({ readonly kind: 'written' } & Written);

/** `duty` holds, and whoever asked is told, once `body` is on disk. */
export interface Written {
  readonly body: RecordBody;
  readonly rider?: RiderUpdate;
  readonly duty: Duty;
  readonly told: Told;
  /** Answers that are no longer true when it is written: those of one tap, or all. */
  readonly forget?: TapIdentity | 'all';
}
