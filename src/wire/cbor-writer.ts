/**
 * Deterministic CBOR (RFC 8949, 4.2.1) for what travels: integers, byte and text strings, arrays and maps with
 * ascending integer keys. Shortest heads only, definite lengths only, no floats of our own. Ours rather than a
 * library's because every tap waits for it: a record takes microseconds here and over a millisecond in `cbor2`,
 * which the tests use as the second opinion.
 */
import { ARRAY, BYTES, headLength, MAP, NEGATIVE, TAG, TEXT, TWO_32, UINT } from './cbor-head.ts';
import { Malformed } from './malformed.ts';

const HALF_PAIR = /\p{Surrogate}/u;
/** Marks what is no digit; a digit's value lies below it. */
const NO_NIBBLE = 0x10;
/** The value of a lower-case hex digit by its character code. */
const NIBBLES = Uint8Array.from({ length: 128 }, (_, code) => {
  const value = '0123456789abcdef'.indexOf(String.fromCharCode(code));
  return value === -1 ? NO_NIBBLE : value;
});

const encoder = new TextEncoder();

export class CborWriter {
  #bytes = new Uint8Array(1024);
  #view = new DataView(this.#bytes.buffer);
  #length = 0;

  /** A copy of what was written; the writer is empty again and keeps its memory. */
  take(): Uint8Array {
    const taken = this.#bytes.slice(0, this.#length);
    this.#length = 0;
    return taken;
  }

  /** Forgets what was written: after a value turned out to be unwritable. */
  clear(): void {
    this.#length = 0;
  }

  integer(value: number): void {
    if (!Number.isSafeInteger(value)) throw new Malformed(`${value} is not a whole number`);
    if (value >= 0) this.#head(UINT, value);
    else this.#head(NEGATIVE, -1 - value);
  }

  text(value: string, maxBytes: number): void {
    if (value.length > maxBytes || !this.#ascii(value)) this.#unicode(value, maxBytes);
  }

  /** Ids and words, which nearly every text is: one byte a unit. False, and nothing written, for any other. */
  #ascii(value: string): boolean {
    const start = this.#length;
    this.#reserve(value.length + 9);
    this.#head(TEXT, value.length);
    for (let index = 0; index < value.length; index++) {
      const unit = value.charCodeAt(index);
      if (unit > 0x7f) {
        this.#length = start;
        return false;
      }
      this.#bytes[this.#length++] = unit;
    }
    return true;
  }

  #unicode(value: string, maxBytes: number): void {
    if (HALF_PAIR.test(value)) throw new Malformed('a text with half a surrogate pair');
    const bytes = encoder.encode(value);
    if (bytes.length > maxBytes) {
      throw new Malformed(`a text of ${bytes.length} bytes where at most ${maxBytes} may stand`);
    }
    this.#head(TEXT, bytes.length);
    this.raw(bytes);
  }

  byteString(value: Uint8Array): void {
    this.#head(BYTES, value.length);
    this.raw(value);
  }

  /** A byte string said in lower-case hex. False, and nothing written, for any other text. */
  hex(value: string): boolean {
    const start = this.#length;
    const length = value.length >>> 1;
    this.#reserve(length + 9);
    this.#head(BYTES, length);
    let wrong = value.length & 1;
    for (let index = 0; index < length; index++) {
      const high = NIBBLES[value.charCodeAt(index * 2)] ?? NO_NIBBLE;
      const low = NIBBLES[value.charCodeAt(index * 2 + 1)] ?? NO_NIBBLE;
      wrong |= (high | low) & NO_NIBBLE;
      this.#bytes[this.#length++] = (high << 4) | low;
    }
    if (wrong !== 0) this.#length = start;
    return wrong === 0;
  }

  /** Says what the next item is. */
  tag(number: number): void {
    this.#head(TAG, number);
  }

  array(length: number): void {
    this.#head(ARRAY, length);
  }

  map(size: number): void {
    this.#head(MAP, size);
  }

  /**
   * Begins a map whose size is known only at its end; says where it begins. A struct is written in one pass, and its
   * head is nearly always as long as foreseen.
   */
  beginMap(foreseen: number): number {
    this.#reserve(9);
    const at = this.#length;
    this.#length += headLength(foreseen);
    return at;
  }

  endMap(at: number, foreseen: number, size: number): void {
    const end = this.#length;
    const shift = headLength(size) - headLength(foreseen);
    if (shift !== 0) {
      this.#reserve(9);
      this.#bytes.copyWithin(at + headLength(size), at + headLength(foreseen), end);
    }
    this.#length = at;
    this.#head(MAP, size);
    this.#length = end + shift;
  }

  /** One whole item that is already canonical. */
  raw(item: Uint8Array): void {
    this.#reserve(item.length);
    this.#bytes.set(item, this.#length);
    this.#length += item.length;
  }

  #head(major: number, value: number): void {
    this.#reserve(9);
    const first = major << 5;
    if (value < 24) {
      this.#bytes[this.#length++] = first | value;
    } else if (value < 0x100) {
      this.#bytes[this.#length++] = first | 24;
      this.#bytes[this.#length++] = value;
    } else if (value < 0x1_0000) {
      this.#bytes[this.#length++] = first | 25;
      this.#view.setUint16(this.#length, value);
      this.#length += 2;
    } else if (value < TWO_32) {
      this.#bytes[this.#length++] = first | 26;
      this.#view.setUint32(this.#length, value);
      this.#length += 4;
    } else {
      this.#bytes[this.#length++] = first | 27;
      this.#view.setUint32(this.#length, Math.floor(value / TWO_32));
      this.#view.setUint32(this.#length + 4, value % TWO_32);
      this.#length += 8;
    }
  }

  #reserve(more: number): void {
    if (this.#length + more <= this.#bytes.length) return;
    const grown = new Uint8Array(Math.max(this.#bytes.length * 2, this.#length + more));
    grown.set(this.#bytes.subarray(0, this.#length));
    this.#bytes = grown;
    this.#view = new DataView(grown.buffer);
  }
}
