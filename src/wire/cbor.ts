/**
 * Deterministic CBOR (RFC 8949, 4.2.1) for what travels: integers, byte and text strings, arrays and maps with
 * ascending integer keys. Shortest heads only, definite lengths only, no floats of our own. Ours rather than a
 * library's because every tap waits for it: a record takes microseconds here and over a millisecond in `cbor2`,
 * which the tests use as the second opinion.
 */
import { Malformed } from './malformed.ts';

const UINT = 0;
const NEGATIVE = 1;
const BYTES = 2;
const TEXT = 3;
const ARRAY = 4;
const MAP = 5;
const TAG = 6;

const SIMPLE = 7;

const TWO_32 = 0x1_0000_0000;

const HALF_PAIR = /\p{Surrogate}/u;
/** Marks what is no digit; a digit's value lies below it. */
const NO_NIBBLE = 0x10;
/** The value of a lower-case hex digit by its character code. */
const NIBBLES = Uint8Array.from({ length: 128 }, (_, code) => {
  const value = '0123456789abcdef'.indexOf(String.fromCharCode(code));
  return value === -1 ? NO_NIBBLE : value;
});

const encoder = new TextEncoder();
const strictDecoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

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

  array(length: number): void {
    this.#head(ARRAY, length);
  }

  map(size: number): void {
    this.#head(MAP, size);
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

function headLength(value: number): number {
  if (value < 24) return 1;
  if (value < 0x100) return 2;
  if (value < 0x1_0000) return 3;
  return value < TWO_32 ? 5 : 9;
}

/** Floats carry their bits where others carry a length, and a simple value below 32 has no second byte (RFC 8949, 3.3). */
function isShortest(major: number, width: number, value: number): boolean {
  if (major === SIMPLE) return width > 1 || value >= 32;
  return headLength(value) === width + 1;
}

/** Reads canonical items one after another; anything else is `Malformed` with its byte offset. */
export class CborReader {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get offset(): number {
    return this.#at;
  }

  get done(): boolean {
    return this.#at >= this.#bytes.length;
  }

  integer(): number {
    const at = this.#at;
    const { major, value } = this.#head();
    if (major === UINT) return this.#safe(value, at);
    if (major === NEGATIVE) return this.#safe(-1 - value, at);
    throw this.#malformed('a whole number was expected', at);
  }

  text(maxLength: number): string {
    const bytes = this.#string(TEXT, 'text', maxLength);
    try {
      return strictDecoder.decode(bytes);
    } catch {
      throw this.#malformed('text that is not UTF-8', this.#at - bytes.length);
    }
  }

  byteString(maxLength: number): Uint8Array {
    return this.#string(BYTES, 'a byte string', maxLength);
  }

  array(maxLength: number): number {
    return this.#count(ARRAY, 'an array', maxLength);
  }

  map(maxSize: number): number {
    return this.#count(MAP, 'a map', maxSize);
  }

  /** The bytes of the next item, whatever it is: well formed and of a definite length. */
  raw(): Uint8Array {
    const start = this.#at;
    // Counting what is still to come needs no stack, so that no depth of nesting is too deep.
    for (let pending = 1; pending > 0; pending--) {
      const at = this.#at;
      pending += this.#skipOne();
      if (pending - 1 > this.#bytes.length - this.#at)
        throw this.#malformed('the bytes end inside this item', at);
    }
    return this.#bytes.subarray(start, this.#at);
  }

  /** Steps over one head and its string, and says how many items it announces. */
  #skipOne(): number {
    const at = this.#at;
    const { major, value } = this.#head();
    switch (major) {
      case BYTES:
      case TEXT:
        this.#advance(value, at);
        return 0;
      case ARRAY:
        return value;
      case MAP:
        return value * 2;
      case TAG:
        return 1;
      default:
        return 0;
    }
  }

  #string(major: number, name: string, maxLength: number): Uint8Array {
    const at = this.#at;
    const length = this.#count(major, name, maxLength);
    this.#advance(length, at);
    return this.#bytes.subarray(this.#at - length, this.#at);
  }

  #count(major: number, name: string, max: number): number {
    const at = this.#at;
    const head = this.#head();
    if (head.major !== major) throw this.#malformed(`${name} was expected`, at);
    if (head.value > max)
      throw this.#malformed(`${name} of ${head.value} where at most ${max} may stand`, at);
    return head.value;
  }

  #head(): { major: number; value: number } {
    const at = this.#at;
    const first = this.#bytes[this.#at++];
    if (first === undefined) throw this.#malformed('the bytes end here', at);
    const major = first >> 5;
    const info = first & 31;
    if (info < 24) return { major, value: info };
    if (info > 27) throw this.#malformed('an indefinite length or a reserved head', at);
    const width = 1 << (info - 24);
    this.#advance(width, at);
    const value = this.#argument(this.#at - width, width);
    if (!isShortest(major, width, value)) throw this.#malformed('a head that is not the shortest', at);
    return { major, value };
  }

  #argument(at: number, width: number): number {
    if (width === 1) return this.#view.getUint8(at);
    if (width === 2) return this.#view.getUint16(at);
    if (width === 4) return this.#view.getUint32(at);
    return this.#view.getUint32(at) * TWO_32 + this.#view.getUint32(at + 4);
  }

  #advance(length: number, itemAt: number): void {
    if (this.#at + length > this.#bytes.length)
      throw this.#malformed('the bytes end inside this item', itemAt);
    this.#at += length;
  }

  #safe(value: number, at: number): number {
    if (!Number.isSafeInteger(value)) throw this.#malformed('a number beyond 2^53', at);
    return value;
  }

  #malformed(what: string, at: number): Malformed {
    return new Malformed(what, `byte ${at}`);
  }
}

/** Whether `bytes` are one well-formed item and nothing else. */
export function isOneItem(bytes: Uint8Array): boolean {
  const reader = new CborReader(bytes);
  try {
    reader.raw();
  } catch (error) {
    if (error instanceof Malformed) return false;
    throw error;
  }
  return reader.done;
}
