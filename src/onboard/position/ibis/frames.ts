/**
 * VDV 300 telegrams out of a stream of bytes: text, CR, one check byte. The check byte may be any byte, a CR, an LF or
 * 00 among them, so telegrams are framed by 'CR, then one byte' and never by lines. Any split of the stream gives the
 * same telegrams.
 */
import { type Misheard, readable } from '../../serial/tally.ts';

export interface FrameListener {
  /** The text before CR, its check byte good. */
  telegram(text: string): void;
  misheard(misheard: Misheard): void;
}

/** The longest, DS003a, has 15 blocks of 16 characters behind three of its own. */
const MAX_BYTES = 256;
const CR = 0x0d;
/** What the check byte begins with before every byte is XORed into it. */
const CHECK_START = 0x7f;

export class Frames {
  readonly #listener: FrameListener;
  readonly #bytes = new Uint8Array(MAX_BYTES);
  #length = 0;
  /** CR was read: the next byte is the check byte, whatever it is. */
  #isEnding = false;

  constructor(listener: FrameListener) {
    this.#listener = listener;
  }

  push(bytes: Uint8Array): void {
    for (let at = 0; at < bytes.length; at++) this.#take(bytes[at] ?? 0);
  }

  /** What comes next has nothing to do with what came before. */
  reset(): void {
    this.#length = 0;
    this.#isEnding = false;
  }

  #take(byte: number): void {
    if (this.#isEnding) this.#end(byte);
    else if (byte === CR) this.#isEnding = true;
    else this.#keep(byte);
  }

  #keep(byte: number): void {
    if (this.#length === MAX_BYTES) {
      this.#misheard('a telegram that does not end');
      this.#length = 0;
    }
    this.#bytes[this.#length++] = byte;
  }

  #end(check: number): void {
    const bytes = this.#bytes.subarray(0, this.#length);
    if (check === checkByte(bytes) && !isWide(bytes)) this.#listener.telegram(String.fromCharCode(...bytes));
    else this.#misheard('a telegram with a wrong check byte');
    this.reset();
  }

  #misheard(wrong: string): void {
    const bytes = this.#bytes.subarray(0, this.#length);
    const what = isWide(bytes) ? 'bytes of eight bits: is the line set to 7E2?' : wrong;
    this.#listener.misheard({ what, example: readable(bytes) });
  }
}

/** A port that is set to eight bits shows the parity as the eighth, and takes no CR for one. */
function isWide(bytes: Uint8Array): boolean {
  return bytes.some(byte => byte > 0x7f);
}

/** Of a telegram's text; its CR is counted in. */
function checkByte(text: Uint8Array): number {
  let check = CHECK_START ^ CR;
  for (let at = 0; at < text.length; at++) check ^= text[at] ?? 0;
  return check;
}

/** A telegram as it is sent. `text`: 7-bit characters. */
export function frameOf(text: string): Uint8Array {
  const frame = new Uint8Array(text.length + 2);
  for (let at = 0; at < text.length; at++) frame[at] = text.charCodeAt(at);
  frame[text.length] = CR;
  frame[text.length + 1] = checkByte(frame.subarray(0, text.length));
  return frame;
}
