/** Numbers in as few bytes as they need: big-endian where their length is fixed, else seven bits a byte, the lowest first. */

export class ByteWriter {
  readonly #bytes: number[] = [];

  fixed(value: number, length: number): void {
    for (let left = length - 1; left >= 0; left--)
      this.#bytes.push(Math.floor(value / 2 ** (8 * left)) & 0xff);
  }

  /** From 0 to MAX_VARIABLE. */
  variable(value: number): void {
    let left = value;
    while (left > 0x7f) {
      this.#bytes.push((left & 0x7f) | 0x80);
      left = Math.floor(left / 0x80);
    }
    this.#bytes.push(left);
  }

  bytes(): Uint8Array {
    return Uint8Array.from(this.#bytes);
  }
}

/** Five bytes' worth. */
export const MAX_VARIABLE = 2 ** 35 - 1;
const MAX_VARIABLE_BYTES = 5;

/** Reads zeros beyond the end, or in place of a number that is written too long, and is wrong from then on. */
export class ByteReader {
  readonly #bytes: Uint8Array;
  #at = 0;
  #isWrong = false;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  /** All of it was read, and all of it was there. */
  get isDone(): boolean {
    return !this.#isWrong && this.#at === this.#bytes.length;
  }

  fixed(length: number): number {
    let value = 0;
    for (let left = length; left > 0; left--) value = value * 256 + this.#next();
    return value;
  }

  variable(): number {
    let value = 0;
    for (let index = 0; index < MAX_VARIABLE_BYTES; index++) {
      const byte = this.#next();
      value += (byte & 0x7f) * 2 ** (7 * index);
      if (byte > 0x7f) continue;
      // The shortest form alone: one state has one writing.
      if (byte === 0 && index > 0) this.#isWrong = true;
      return value;
    }
    this.#isWrong = true;
    return 0;
  }

  #next(): number {
    const byte = this.#bytes[this.#at++];
    if (byte === undefined) this.#isWrong = true;
    return byte ?? 0;
  }
}

export function isSameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, at) => byte === b[at]);
}
