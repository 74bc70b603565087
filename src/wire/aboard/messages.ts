/**
 * What computers aboard one vehicle tell each other (a frame's payload): a kind, then one struct. Numbers are for ever,
 * as those of records are.
 */

import type { TapIdentity, Token } from '../../core/tap.ts';
import type { EpochMs } from '../../core/time.ts';
import { type Answered, CHECKS } from '../../core/validator/inspected.ts';
import { CborReader } from '../cbor-reader.ts';
import { branded, bytes, type Codec, count, encode, hex, integer, listOf, oneOf, text } from '../codec.ts';
import { Malformed } from '../malformed.ts';
import { token } from '../record/fields.ts';
import { optional, required, struct } from '../struct.ts';

export const ABOARD_VERSION = 1;

/** The first on every connection, from both ends: the only one that is not authenticated. */
export interface Hello {
  readonly version: number;
  /** Drawn for this connection: 16 bytes in hex. */
  readonly nonce: string;
  /** The operator's token keys that the sender holds: both ends take the newest that both do. */
  readonly keyIds: readonly number[];
  readonly deviceId: string;
}

/** How a rider stands after a tap, or after its void. */
export interface SharedTap extends TapIdentity {
  readonly token: Token;
  /** Corrected, and later than that of whatever its sender knew of the rider. */
  readonly atMs: EpochMs;
  readonly stopId?: string | undefined;
  /** The rider's state as journals keep it: JSON in UTF-8. */
  readonly state: Uint8Array;
}

export interface Question {
  readonly id: number;
  readonly tokens: readonly Token[];
}

export interface Reply extends Answered {
  readonly id: number;
}

export type Message =
  | ({ readonly kind: 'hello' } & Hello)
  /** The first that is sealed: whoever sends it holds the key. */
  | { readonly kind: 'proof' }
  | ({ readonly kind: 'tap' } & SharedTap)
  | ({ readonly kind: 'question' } & Question)
  | ({ readonly kind: 'reply' } & Reply);

/** A state holds what is remembered between taps, and most riders' fits in a hundredth of it. */
export const MAX_STATE_BYTES = 16_384;

const hello = struct<Hello>({
  version: required(1, count),
  nonce: required(2, hex(16)),
  keyIds: required(3, listOf(count, 2)),
  deviceId: required(4, text),
});

const tap = struct<SharedTap>({
  deviceId: required(1, text),
  epoch: required(2, hex(8)),
  sequence: required(3, count),
  token: required(4, token),
  atMs: required(5, branded(integer)),
  stopId: optional(6, text),
  state: required(7, bytes(MAX_STATE_BYTES)),
});

const question = struct<Question>({ id: required(1, count), tokens: required(2, listOf(token, 8)) });

const reply = struct<Reply>({
  id: required(1, count),
  check: required(2, oneOf(CHECKS)),
  paidAtMs: optional(3, branded(integer)),
  riders: optional(4, count),
  stopId: optional(5, text),
});

/** In the order of their numbers on the wire. */
const KINDS = [
  ['hello', hello],
  ['tap', tap],
  ['question', question],
  ['reply', reply],
  ['proof', struct<object>({})],
] as const;

/** Throws `Malformed` for what no reader would take. */
export function messageBytes({ kind, ...message }: Message): Uint8Array {
  const number = KINDS.findIndex(([name]) => name === kind);
  const body = encode((KINDS[number]?.[1] ?? hello) as Codec<object>, message);
  const written = new Uint8Array(body.length + 1);
  written[0] = number;
  written.set(body, 1);
  return written;
}

/** Throws `Malformed` for anything but exactly one message. */
export function readMessage(written: Uint8Array): Message {
  const known = KINDS[written[0] ?? KINDS.length];
  if (known === undefined) throw new Malformed(`a message of kind ${written[0]}`, 'byte 0');
  const [kind, codec] = known;
  const reader = new CborReader(written.subarray(1));
  const message = (codec as Codec<object>).read(reader);
  if (!reader.done) throw new Malformed('bytes after the message', `byte ${reader.offset + 1}`);
  return { kind, ...message } as Message;
}
