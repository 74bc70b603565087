/**
 * What is said to a transit application: three commands a tap. SELECT, which names the card and brings its challenge;
 * AUTHENTICATE, by which both sides prove that they hold the card's key, and which brings the state; WRITE, which puts
 * the next state in its place.
 *
 *   00 A4 04 00  identifier                     -> 6F { 84 identifier, A5 { C1 serial 8, keyId 1, challenge 8 } }
 *   80 82 00 00  challenge 8, code 8            -> state, code 8
 *   80 D6 00 00  state, code 8                  -> code 8
 */
import type { Aes128 } from '../../crypto.ts';
import { bytesOfHex } from '../../hex.ts';
import { type Command, MAX_ANSWER_DATA_BYTES, SW, statusText } from '../apdu.ts';
import { type Dialogue, type Unread, unread } from '../dialogue.ts';
import { RESIDENT_AIDS } from '../resident.ts';
import { select } from '../select.ts';
import { find } from '../tlv.ts';
import { counterIn } from './layout.ts';
import {
  CHALLENGE_BYTES,
  type Challenges,
  cardKey,
  joined,
  MAC_BYTES,
  SERIAL_BYTES,
  Session,
  type TransitKey,
} from './session.ts';

export const AUTHENTICATE = 0x82;
export const WRITE = 0xd6;
export const GREETING_TAG = 0xc1;

/** What a validator brings along. */
export interface TransitReader {
  /** The operator's keys; a card says by which it was made. */
  readonly keys: readonly TransitKey[];
  /** Draws a challenge: 8 bytes, anew for every card. */
  readonly random: (length: number) => Uint8Array;
  readonly aes: Aes128;
}

/** A transit application that has proven itself, and may be written to for as long as its card stays. */
export interface OpenCard {
  readonly kind: 'transit';
  readonly serial: Uint8Array;
  /** The state as it is written there (`encoding.ts`), and its counter. */
  readonly state: Uint8Array;
  readonly counter: number;
  readonly session: Session;
}

export type Opening =
  | OpenCard
  | { readonly kind: 'not-found' }
  /** Another operator's: it was made by a key that is not held here. */
  | { readonly kind: 'foreign' }
  /** It failed twice to prove what it says it is. */
  | { readonly kind: 'not-genuine' }
  | Unread;

/** A proof that fails may be a fault of the air, once. */
export function* openTransit(reader: TransitReader): Dialogue<Opening> {
  const opening = yield* tryToOpen(reader);
  return opening.kind === 'not-genuine' ? yield* tryToOpen(reader) : opening;
}

function* tryToOpen({ keys, random, aes }: TransitReader): Dialogue<Opening> {
  const selected = yield* select(bytesOfHex(RESIDENT_AIDS.transit), 'transit application');
  if (selected.kind !== 'selected') return selected;
  const greeting = find(selected.elements, 0xa5, GREETING_TAG)?.value;
  if (greeting?.length !== SERIAL_BYTES + 1 + CHALLENGE_BYTES) {
    return unread('the transit application does not say who it is');
  }
  const serial = greeting.slice(0, SERIAL_BYTES);
  const key = keys.find(({ keyId }) => keyId === greeting[SERIAL_BYTES]);
  if (key === undefined) return { kind: 'foreign' };
  const challenges = { card: greeting.slice(SERIAL_BYTES + 1), reader: random(CHALLENGE_BYTES) };
  const session = new Session(cardKey(key, serial, aes), challenges, aes);
  return yield* authenticate(serial, challenges, session);
}

function* authenticate(serial: Uint8Array, { reader }: Challenges, session: Session): Dialogue<Opening> {
  const response = yield command(AUTHENTICATE, joined(reader, session.mac('reader', reader)));
  if (response.status === SW.notVerified) return { kind: 'not-genuine' };
  if (response.status !== SW.done) {
    return unread(`the transit application refuses to prove itself (${statusText(response.status)})`);
  }
  const state = response.data.slice(0, -MAC_BYTES);
  if (!session.isGenuine('state', state, response.data.slice(-MAC_BYTES))) return { kind: 'not-genuine' };
  const counter = counterIn(state);
  return counter === undefined
    ? unread('the transit application is written in a way that is not known here')
    : { kind: 'transit', serial, state, counter, session };
}

export type Writing =
  | { readonly kind: 'written' }
  /** The card said no, and is as it was. */
  | { readonly kind: 'torn'; readonly why: string }
  /** Nobody knows: its next presentation tells. */
  | { readonly kind: 'unknown'; readonly why: string };

/** `state`: the next one, whose counter is one more than the card's. */
export function* writeTransit({ session }: OpenCard, state: Uint8Array): Dialogue<Writing> {
  const response = yield command(WRITE, joined(state, session.mac('write', state)));
  if (response.status !== SW.done) {
    return { kind: 'torn', why: `the card refuses to be written (${statusText(response.status)})` };
  }
  return session.isGenuine('written', state, response.data)
    ? { kind: 'written' }
    : { kind: 'unknown', why: 'the card does not prove that it was written' };
}

function command(ins: number, data: Uint8Array): Command {
  return { cla: 0x80, ins, p1: 0, p2: 0, data, le: MAX_ANSWER_DATA_BYTES };
}
