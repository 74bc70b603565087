/**
 * Frames on a byte stream between computers aboard: four bytes of length, the payload, sixteen bytes that authenticate
 * it. They are HMAC-SHA-256, cut, over which end speaks, which of its frames this is and the payload, under a key that
 * both nonces make of the operator's: nothing is replayed, reordered, left out or sent back.
 */
import type { Crypto } from '../../core/crypto.ts';
import { Malformed } from '../malformed.ts';

export const MAX_FRAME_BYTES = 32_768;
const HEAD_BYTES = 4;
const SEAL_BYTES = 16;

/** What is hashed, so that no other use of the key can ever give the same bytes. */
const DOMAIN = 'tura aboard v1';

export type End = 'dialler' | 'listener';

export function sessionKey(
  secret: Uint8Array,
  { dialler, listener }: Readonly<Record<End, string>>,
  crypto: Crypto,
): Uint8Array {
  return crypto.hmacSha256(secret, new TextEncoder().encode(`${DOMAIN}\0${dialler}\0${listener}`));
}

/** What one end says to the other, in its order. */
export class Sealer {
  readonly #key: Uint8Array;
  readonly #end: End;
  readonly #crypto: Crypto;
  #count = 0;

  constructor(key: Uint8Array, end: End, crypto: Crypto) {
    [this.#key, this.#end, this.#crypto] = [key, end, crypto];
  }

  seal(payload: Uint8Array): Uint8Array {
    return this.#sealOf(payload, this.#count++);
  }

  /** True for the frame that is next, and for no other. */
  isNext(payload: Uint8Array, seal: Uint8Array): boolean {
    const right = this.#sealOf(payload, this.#count);
    let apart = right.length ^ seal.length;
    for (const [index, byte] of right.entries()) apart |= byte ^ (seal[index] ?? 0);
    if (apart === 0) this.#count++;
    return apart === 0;
  }

  #sealOf(payload: Uint8Array, count: number): Uint8Array {
    const head = new TextEncoder().encode(`${this.#end}\0${count}\0`);
    const message = new Uint8Array(head.length + payload.length);
    message.set(head);
    message.set(payload, head.length);
    return this.#crypto.hmacSha256(this.#key, message).subarray(0, SEAL_BYTES);
  }
}

export function frame(payload: Uint8Array, seal: Uint8Array | undefined): Uint8Array {
  const length = payload.length + SEAL_BYTES;
  if (length > MAX_FRAME_BYTES) throw new Malformed(`a frame of ${length} bytes`);
  const framed = new Uint8Array(HEAD_BYTES + length);
  new DataView(framed.buffer).setUint32(0, length);
  framed.set(payload, HEAD_BYTES);
  // A hello has nothing to be sealed by yet.
  if (seal !== undefined) framed.set(seal, HEAD_BYTES + payload.length);
  return framed;
}

export interface Framed {
  readonly payload: Uint8Array;
  readonly seal: Uint8Array;
}

/** Takes bytes as they come and gives the frames that are whole. */
export class FrameReader {
  #rest = new Uint8Array(0);

  /** Throws `Malformed` for a length that no frame has. */
  push(bytes: Uint8Array): readonly Framed[] {
    const all = new Uint8Array(this.#rest.length + bytes.length);
    all.set(this.#rest);
    all.set(bytes, this.#rest.length);
    const frames: Framed[] = [];
    let at = 0;
    while (all.length - at >= HEAD_BYTES) {
      const length = new DataView(all.buffer, at, HEAD_BYTES).getUint32(0);
      if (length <= SEAL_BYTES || length > MAX_FRAME_BYTES) throw new Malformed(`a frame of ${length} bytes`);
      if (all.length - at < HEAD_BYTES + length) break;
      const end = at + HEAD_BYTES + length;
      frames.push({
        payload: all.slice(at + HEAD_BYTES, end - SEAL_BYTES),
        seal: all.slice(end - SEAL_BYTES, end),
      });
      at = end;
    }
    this.#rest = all.slice(at);
    return frames;
  }
}
