/** AES-CMAC (RFC 4493): sixteen bytes that only a holder of the key can make of a message. */
import type { Aes128 } from '../../crypto.ts';

export const BLOCK_BYTES = 16;

export function cmac(key: Uint8Array, message: Uint8Array, aes: Aes128): Uint8Array {
  const whole = message.length > 0 && message.length % BLOCK_BYTES === 0;
  const blocks = new Uint8Array(Math.max(1, Math.ceil(message.length / BLOCK_BYTES)) * BLOCK_BYTES);
  blocks.set(message);
  // A message that ends inside a block is filled up with one bit and zeros, and closed by the second subkey.
  if (!whole) blocks[message.length] = 0x80;
  const first = doubled(aes.encrypt(key, new Uint8Array(BLOCK_BYTES)));
  const last = whole ? first : doubled(first);
  const start = blocks.length - BLOCK_BYTES;
  for (let at = 0; at < BLOCK_BYTES; at++) blocks[start + at] = (blocks[start + at] ?? 0) ^ (last[at] ?? 0);
  return aes.encrypt(key, blocks).slice(-BLOCK_BYTES);
}

/** Times x in the field that RFC 4493 names: shifted left, and what falls off comes back as 87. */
function doubled(block: Uint8Array): Uint8Array {
  const out = Uint8Array.from(block, (byte, at) => ((byte << 1) & 0xff) | ((block[at + 1] ?? 0) >>> 7));
  if (((block[0] ?? 0) & 0x80) !== 0) out[BLOCK_BYTES - 1] = (out[BLOCK_BYTES - 1] ?? 0) ^ 0x87;
  return out;
}

/** Equal, in a time that does not tell where they differ. */
export function isSameMac(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  let difference = 0;
  for (let at = 0; at < a.length; at++) difference |= (a[at] ?? 0) ^ (b[at] ?? 0);
  return difference === 0;
}
