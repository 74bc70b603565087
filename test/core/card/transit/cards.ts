/** Transit cards for tests: issued, held in memory, torn at will. */
import { encodeState } from '../../../../src/core/card/transit/encoding.ts';
import { cardKey, type TransitKey } from '../../../../src/core/card/transit/session.ts';
import type { CardState } from '../../../../src/core/card/transit/state.ts';
import type { TransitReader } from '../../../../src/core/card/transit/talk.ts';
import {
  type CardMemory,
  memoryOf,
  putState,
  stateOn,
  type TransitApplication,
} from '../../../../src/core/card/virtual/transit.ts';
import { NEW_RIDER } from '../../../../src/core/fare/rider.ts';
import { bytesOfHex } from '../../../../src/core/hex.ts';
import { nodeAes } from '../../../../src/wire/node-aes.ts';

export const TRANSIT_KEY: TransitKey = {
  keyId: 1,
  secret: bytesOfHex('7475726120746573742d6f6e6c792031'),
};
export const SERIAL = bytesOfHex('0a1b2c3d4e5f6071');

/** Bytes that a seed draws, the same in every run. */
export function drawn(seed: number): (length: number) => Uint8Array {
  let state = seed;
  return length =>
    Uint8Array.from({ length }, () => {
      state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
      return state >>> 24;
    });
}

export function reading(seed = 7, ...keys: readonly TransitKey[]): TransitReader {
  return { keys: keys.length === 0 ? [TRANSIT_KEY] : keys, random: drawn(seed), aes: nodeAes };
}

export function plain(more: Partial<CardState> = {}): CardState {
  return {
    counter: 1,
    actionCounter: 0,
    isBlocked: false,
    category: 'general',
    passes: [],
    rider: NEW_RIDER,
    ...more,
  };
}

export function bytesOf(state: CardState): Uint8Array {
  const encoded = encodeState(state);
  if (encoded.kind === 'too-much') throw new Error(encoded.what);
  return encoded.bytes;
}

/** A card with this state on it. */
export function issued(
  state: CardState = plain(),
  {
    serial = SERIAL,
    memory = memoryOf(),
    seed = 3,
  }: { serial?: Uint8Array; memory?: CardMemory; seed?: number } = {},
): TransitApplication {
  const key = cardKey(TRANSIT_KEY, serial, nodeAes);
  const card = { serial, keyId: TRANSIT_KEY.keyId, key, memory, random: drawn(seed), aes: nodeAes };
  putState(card, bytesOf(state));
  return card;
}

/** What is on it, when it is out of every field. */
export function standing(card: TransitApplication): Uint8Array {
  const found = stateOn(card);
  if (found === undefined) throw new Error('the card holds no state');
  return found.state;
}
