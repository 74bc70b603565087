/**
 * NMEA 0183 sentences out of a stream of bytes: `$`, text, `*`, two hex digits, CR LF. Any split of the stream gives the
 * same sentences, and a `$` begins one wherever it stands, so that noise costs no more than what it hit.
 */
import { type Misheard, readable } from '../../serial/tally.ts';

export interface SentenceListener {
  /** What stands between `$` and `*`, its checksum good. */
  sentence(text: string): void;
  misheard(misheard: Misheard): void;
}

/** The standard allows 82 characters; some receivers write more. */
const MAX_BYTES = 128;
const DOLLAR = 0x24;
const CR = 0x0d;
const LF = 0x0a;

export class Sentences {
  readonly #listener: SentenceListener;
  readonly #bytes = new Uint8Array(MAX_BYTES);
  #length = 0;
  /** Between sentences there is nothing but CR and LF. */
  #inside = false;

  constructor(listener: SentenceListener) {
    this.#listener = listener;
  }

  push(bytes: Uint8Array): void {
    for (let at = 0; at < bytes.length; at++) this.#take(bytes[at] ?? 0);
  }

  /** What comes next has nothing to do with what came before. */
  reset(): void {
    this.#length = 0;
    this.#inside = false;
  }

  #take(byte: number): void {
    if (byte === DOLLAR) this.#begin();
    else if (byte === CR || byte === LF) this.#end();
    else this.#keep(byte);
  }

  #begin(): void {
    if (this.#length > 0) this.#misheard(this.#inside ? 'a sentence cut short' : NOISE);
    this.#length = 0;
    this.#inside = true;
  }

  #keep(byte: number): void {
    if (this.#length === MAX_BYTES) {
      this.#misheard(this.#inside ? 'a sentence that does not end' : NOISE);
      this.reset();
    }
    this.#bytes[this.#length++] = byte;
  }

  #end(): void {
    if (!this.#inside) {
      if (this.#length > 0) this.#misheard(NOISE);
    } else {
      const text = checked(this.#bytes.subarray(0, this.#length));
      if (text === undefined) this.#misheard('a sentence with a wrong checksum, or without');
      else this.#listener.sentence(text);
    }
    this.reset();
  }

  #misheard(what: string): void {
    this.#listener.misheard({ what, example: readable(this.#bytes.subarray(0, this.#length)) });
  }
}

const NOISE = 'noise between sentences';

/** XOR of what stands before `*`, in two hex digits after it. */
function checked(bytes: Uint8Array): string | undefined {
  const star = bytes.length - 3;
  if (star < 0) return undefined;
  const text = String.fromCharCode(...bytes);
  const sum = /\*([0-9A-Fa-f]{2})$/.exec(text)?.[1];
  if (sum === undefined) return undefined;
  let xor = 0;
  for (let at = 0; at < star; at++) xor ^= bytes[at] ?? 0;
  return xor === Number.parseInt(sum, 16) ? text.slice(0, star) : undefined;
}
