/** Everything that can happen to a vehicle, and everything its machine can ask for in return. */

import type { Unread } from '../card/dialogue.ts';
import type { Medium, SealedPayment } from '../card/identity.ts';
import type { Writing } from '../card/transit/talk.ts';
import type { EntitlementTerms } from '../entitlement.ts';
import type { FaultCode } from '../error.ts';
import type { RiderState } from '../fare/rider.ts';
import type { CardAction } from '../list/card-action.ts';
import type { Verdict } from '../list/verdict.ts';
import type { MinorUnits } from '../money.ts';
import type { Decision, Grace, Reason } from '../reason.ts';
import type { RecordBody } from '../record.ts';
import type { Clock, Place, TapIdentity, Token } from '../tap.ts';
import type { EpochMs } from '../time.ts';
import type { Asked, Told } from './duty.ts';

export type VehicleEvent =
  | Presented
  | { readonly kind: 'removed'; readonly readerId: string }
  | { readonly kind: 'unreadable'; readonly readerId: string; readonly why: string }
  /** The answer to a `look-up`. */
  | { readonly kind: 'found'; readonly facts: Facts }
  /** The answers to a `commit`. */
  | { readonly kind: 'committed'; readonly identity: TapIdentity }
  | ({ readonly kind: 'commit-failed' } & Fault)
  /** What the tap would have been paid by could not be kept, and nothing was written. */
  | { readonly kind: 'payment-lost'; readonly why: string }
  /** The answer to a `write-card`. */
  | { readonly kind: 'card-written'; readonly intent: TapIdentity; readonly writing: Writing }
  | PaymentRead
  /** What broke the vehicle is opened anew and verified. */
  | { readonly kind: 'mended' }
  | { readonly kind: 'placed'; readonly place: Place }
  | { readonly kind: 'clock'; readonly clock: Clock }
  | { readonly kind: 'reader-up'; readonly readerId: string }
  | { readonly kind: 'reader-down'; readonly readerId: string; readonly why: string }
  /** By the driver, or by a part that tells of itself. */
  | ({ readonly kind: 'asked' } & Asked);

/** What is wrong: by code for programs, in words for people. */
export interface Fault {
  readonly fault: FaultCode;
  readonly why: string;
}

/** The answer to a `read-payment`; `unsupported`: the card has none that is taken here. */
export interface PaymentRead {
  readonly kind: 'payment-read';
  readonly said: Extract<Medium, { kind: 'identified' | 'unsupported' }> | Unread;
}

export interface Presented {
  readonly kind: 'presented';
  readonly readerId: string;
  readonly medium: Medium;
  /** The clock as read, never corrected. */
  readonly eventTimeMs: EpochMs;
  readonly monotonicMs: number;
}

/** What the vehicle knows of a medium, read at the moment it decides and not before. */
export interface Facts {
  /** The identity this tap will have once it is committed. */
  readonly identity: TapIdentity;
  readonly rider?: RiderState | undefined;
  /** Where its last ride began; asked only by an inspection. */
  readonly boardedAt?: Pick<PaidRide, 'stopId'> | undefined;
  readonly entitlement?: EntitlementTerms | undefined;
  readonly verdict: Verdict;
  readonly stopListStale: boolean;
  readonly stopListVersion?: number | undefined;
  readonly entitlementVersion?: number | undefined;
  /** Of a card that carries its state: what the operator's list asks for, by number; done or not. */
  readonly actions?: readonly CardAction[] | undefined;
  readonly actionVersion?: number | undefined;
}

export type Effect =
  /** What is known of it at this corrected time. */
  | {
      readonly kind: 'look-up';
      readonly medium: Medium;
      readonly atMs: EpochMs;
      /** An inspector asks, who wants to know where it boarded. */
      readonly inspects: boolean;
    }
  /** The payment first, then one transaction: the record that names it and, where it changed, the rider's state. */
  | {
      readonly kind: 'commit';
      readonly body: RecordBody;
      readonly rider?: RiderUpdate | undefined;
      readonly payment?: SealedPayment;
    }
  | WriteCard
  /** The bank application of the card that was read as this medium and stands at this reader still. */
  | { readonly kind: 'read-payment'; readonly readerId: string; readonly medium: Medium }
  | { readonly kind: 'show'; readonly readerId: string; readonly shown: Shown }
  /** Who asked under this id is answered. */
  | { readonly kind: 'tell'; readonly id: number; readonly told: Told };

/** How a rider stands from now on. */
export interface RiderUpdate {
  readonly token: Token;
  readonly state: RiderState;
}

/** This very card, which proved itself at this reader and stands there still: `state` in place of its own. */
export interface WriteCard {
  readonly kind: 'write-card';
  readonly readerId: string;
  readonly token: Token;
  readonly intent: TapIdentity;
  readonly state: Uint8Array;
}

/** What a rider sees at a reader. */
export type Shown =
  | { readonly kind: 'answer'; readonly answer: Answer }
  /** Nothing was decided: hold the card there again. */
  | { readonly kind: 'again'; readonly why: string }
  /** No taps here until it is mended. */
  | ({ readonly kind: 'fault' } & Fault);

export interface Answer {
  readonly identity: TapIdentity;
  readonly decision: Decision;
  readonly reason: Reason;
  readonly graced: readonly Grace[];
  /** What the rider pays; absent when declined. */
  readonly amountMinor?: MinorUnits | undefined;
  readonly currency: string;
  readonly category?: string | undefined;
  readonly mediumClass?: string | undefined;
  readonly riderIndex?: number | undefined;
  readonly quotaAfter?: number | undefined;
  /** Nothing for a person to look at: the tariff's default category, and no warning of the stop list. */
  readonly plain: boolean;
  /** The stop list's own words for this card. */
  readonly riderText?: string | undefined;
  /** The card was not taken away, or shown again at once: nothing was recorded anew. */
  readonly repeated: boolean;
  /** It may be paid by the card's bank application: hold the card there again. */
  readonly offersPayment?: true;
  /** To an inspector: the ride that was paid for on this trip. */
  readonly paid?: PaidRide | undefined;
}

export interface PaidRide {
  /** The identity text of its tap. */
  readonly ref: string;
  readonly atMs: EpochMs;
  readonly riders: number;
  readonly stopId?: string;
}
