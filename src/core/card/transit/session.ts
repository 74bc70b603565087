/**
 * How a validator and the transit application know each other. Every card has a key of its own, made of the operator's
 * and its serial; both sides draw a challenge, and what each says from then on carries a code under a key made of the
 * two challenges. A code says what kind of message it is of: none passes for another.
 */

import type { Aes128 } from '../../crypto.ts';
import { assert } from '../../error.ts';
import { cmac, isSameMac } from './cmac.ts';

/** The operator's key for transit applications: 16 bytes, never on a card. */
export interface TransitKey {
  readonly keyId: number;
  readonly secret: Uint8Array;
}

export const SERIAL_BYTES = 8;
export const CHALLENGE_BYTES = 8;
export const MAC_BYTES = 8;

/** Says what is made, so that no other use of a key ever gives the same bytes. */
const PURPOSE = { card: 0x01, session: 0x02 } as const;

/** Who says what: a code of one kind is none of another. */
const KINDS = { reader: 0x11, state: 0x12, write: 0x13, written: 0x14 } as const;
export type MessageKind = keyof typeof KINDS;

export function cardKey({ secret }: TransitKey, serial: Uint8Array, aes: Aes128): Uint8Array {
  assert(serial.length === SERIAL_BYTES, `a serial has ${SERIAL_BYTES} bytes, not ${serial.length}`);
  return cmac(secret, joined(Uint8Array.of(PURPOSE.card), serial), aes);
}

export interface Challenges {
  readonly card: Uint8Array;
  readonly reader: Uint8Array;
}

/** The codes of one conversation. */
export class Session {
  readonly #key: Uint8Array;
  readonly #aes: Aes128;

  constructor(key: Uint8Array, { card, reader }: Challenges, aes: Aes128) {
    this.#key = cmac(key, joined(Uint8Array.of(PURPOSE.session), card, reader), aes);
    this.#aes = aes;
  }

  mac(kind: MessageKind, message: Uint8Array): Uint8Array {
    return cmac(this.#key, joined(Uint8Array.of(KINDS[kind]), message), this.#aes).slice(0, MAC_BYTES);
  }

  isGenuine(kind: MessageKind, message: Uint8Array, mac: Uint8Array): boolean {
    return isSameMac(this.mac(kind, message), mac);
  }
}

export function joined(...parts: readonly Uint8Array[]): Uint8Array {
  const out = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}
