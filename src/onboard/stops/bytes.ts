/**
 * Whole numbers packed into few bytes: seven bits a byte, least first, the high bit says that more follow
 * (LEB128); a signed one is zigzagged (0, -1, 1, -2 -> 0, 1, 2, 3). Arithmetic stays within 32 bits.
 */
import { assert } from '../../core/error.ts';

export class ByteWriter {
  #bytes = new Uint8Array(4_096);
  #length = 0;

  byte(value: number): void {
    if (this.#length === this.#bytes.length) this.#grow();
    this.#bytes[this.#length] = value;
    this.#length += 1;
  }

  /** From 0 to 2^32 - 1. */
  count(value: number): void {
    let rest = value;
    while (rest > 127) {
      this.byte((rest & 127) | 128);
      rest >>>= 7;
    }
    this.byte(rest);
  }

  /** From -2^31 to 2^31 - 1. */
  signed(value: number): void {
    this.count(((value << 1) ^ (value >> 31)) >>> 0);
  }

  /** Little-endian. */
  float32(value: number): void {
    SCRATCH.setFloat32(0, value, true);
    for (let index = 0; index < 4; index += 1) this.byte(SCRATCH.getUint8(index));
  }

  /** A copy of what was written since the last call. */
  take(): Uint8Array {
    const taken = this.#bytes.slice(0, this.#length);
    this.#length = 0;
    return taken;
  }

  #grow(): void {
    const larger = new Uint8Array(this.#bytes.length * 2);
    larger.set(this.#bytes);
    this.#bytes = larger;
  }
}

export class ByteReader {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  byte(): number {
    const value = this.#bytes[this.#at];
    assert(value !== undefined, 'a packed row is not cut short');
    this.#at += 1;
    return value;
  }

  count(): number {
    let value = 0;
    let shift = 0;
    let byte = this.byte();
    while (byte > 127) {
      value |= (byte & 127) << shift;
      shift += 7;
      byte = this.byte();
    }
    return (value | (byte << shift)) >>> 0;
  }

  signed(): number {
    const value = this.count();
    return (value >>> 1) ^ -(value & 1);
  }

  float32(): number {
    for (let index = 0; index < 4; index += 1) SCRATCH.setUint8(index, this.byte());
    return SCRATCH.getFloat32(0, true);
  }
}

const SCRATCH = new DataView(new ArrayBuffer(4));
