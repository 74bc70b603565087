/** Deterministic CBOR as it is read: what is not canonical is `Malformed`, with its byte offset. The writer says why. */
import { ARRAY, BYTES, headLength, MAP, NEGATIVE, SIMPLE, TAG, TEXT, TWO_32, UINT } from './cbor-head.ts';
import { Malformed } from './malformed.ts';

const strictDecoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

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

  /** Steps over this very tag. */
  tag(number: number): void {
    const at = this.#at;
    const { major, value } = this.#head();
    if (major !== TAG || value !== number) throw this.#malformed(`tag ${number} was expected`, at);
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
