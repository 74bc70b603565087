/** The `Crypto` port on Node's own cryptography. */
import { hash } from 'node:crypto';
import type { Crypto } from '../core/crypto.ts';

const sha256 = (bytes: Uint8Array): Uint8Array => hash('sha256', bytes, 'buffer');

export const nodeCrypto: Crypto = { sha256, hmacSha256: (key, bytes) => hmac(padsOf(key), bytes) };

/**
 * HMAC is two hashes over padded keys (RFC 2104). Every tap makes one under the same key: with the pads kept and the
 * one-shot hash it takes a third of what an Hmac object takes.
 */
interface Pads {
  readonly inner: Uint8Array;
  readonly outer: Uint8Array;
}

const BLOCK_BYTES = 64;
const known = new WeakMap<Uint8Array, Pads>();

function padsOf(key: Uint8Array): Pads {
  const standing = known.get(key);
  if (standing !== undefined) return standing;
  const short = key.length > BLOCK_BYTES ? sha256(key) : key;
  const padded = (fill: number) =>
    Uint8Array.from({ length: BLOCK_BYTES }, (_, at) => (short[at] ?? 0) ^ fill);
  const pads = { inner: padded(0x36), outer: padded(0x5c) };
  known.set(key, pads);
  return pads;
}

function hmac({ inner, outer }: Pads, bytes: Uint8Array): Uint8Array {
  const message = new Uint8Array(BLOCK_BYTES + bytes.length);
  message.set(inner);
  message.set(bytes, BLOCK_BYTES);
  const closing = new Uint8Array(BLOCK_BYTES + 32);
  closing.set(outer);
  closing.set(sha256(message), BLOCK_BYTES);
  return sha256(closing);
}
