/** The vehicle's state: small, plain, the same whether one reader or six are on board. */

import { type Clock, NOWHERE, type Place, tokenKey } from '../tap.ts';
import type { CardStage } from './card-turn.ts';
import { type Asked, type Duty, ON_DUTY, type Written } from './duty.ts';
import type { Answer, Effect, Fault, Presented } from './event.ts';
import type { Instead, Offer } from './fallback.ts';
import type { Intent } from './intent.ts';

export interface VehicleState {
  readonly place: Place;
  readonly clock: Clock;
  readonly duty: Duty;
  /** Set by a fault of the journal or a defect: no taps are taken until it is mended, or the part started anew. */
  readonly broken?: Fault;
  /** The one presentation being decided. Two doors in the same millisecond take turns here. */
  readonly turn?: Turn;
  readonly waiting: readonly Presented[];
  /** What was asked for and is being written: no presentation is decided meanwhile. */
  readonly writing?: Writing;
  /** What is asked for and waits. */
  readonly orders: readonly Asked[];
  /** Cards that were to be written, and nobody knows yet whether they were; the newest last. */
  readonly unsettled: readonly Intent[];
  /** Bank applications whose holders were asked whether they pay, the newest last. */
  readonly offers: readonly Offer[];
  /** Answers young enough to be repeated instead of recorded again. */
  readonly recent: readonly Recent[];
  readonly readers: Readonly<Record<string, ReaderState>>;
}

/** What an event comes to. */
export interface Step {
  readonly state: VehicleState;
  readonly effects: readonly Effect[];
}

export interface Turn {
  readonly presented: Presented;
  /** It is inspected, and not charged. */
  readonly inspects: boolean;
  /** Set where its transit application was declined, and its bank application is asked. */
  readonly instead?: Instead;
  /** Set once decided, until the commit is on disk. */
  readonly answer?: Answer;
  /** Set once decided: what the vehicle is on duty for when this is over, which it is not before. */
  readonly duty?: Duty;
  /** Where a card is written, or what became of it earlier is settled. */
  readonly card?: CardStage;
}

export interface Writing {
  readonly asked: Asked;
  readonly change: Written;
}

export type ReaderState =
  | { readonly kind: 'ready' }
  /** This medium is in the field; `answer` once it was given. */
  | { readonly kind: 'occupied'; readonly mediumKey: string; readonly answer?: Answer }
  | { readonly kind: 'down'; readonly why: string };

export interface Recent {
  readonly mediumKey: string;
  readonly monotonicMs: number;
  readonly answer: Answer;
}

/** A vehicle has a reader a door; more presentations than this at once are no boarding but a fault. */
export const MAX_WAITING = 16;

/** `duty`: what it was on when it stopped; `unsettled`: cards of which nobody knows whether they were written. */
export function newVehicle(
  clock: Clock,
  duty: Duty = ON_DUTY,
  unsettled: readonly Intent[] = [],
): VehicleState {
  return {
    ...{ place: NOWHERE, clock, duty, waiting: [], orders: [], unsettled },
    ...{ offers: [], recent: [], readers: {} },
  };
}

/**
 * What tells one medium from another. A random UID (DEVICES.md 1), a chip of unknown applications and a ticket that is
 * refused tell nothing: for as long as the debounce lasts, the next of the kind at a reader is taken for the one before
 * it, and declined like it.
 */
export function mediumKey({ medium, readerId }: Presented): string {
  return medium.kind === 'identified' ? tokenKey(medium.token) : `${medium.kind}@${readerId}`;
}
