/** What came over a line and was not understood: counted by what it was, and told at the 1st, 10th, 100th … time. */

export interface Misheard {
  /** `sentence GPXTE`, `a wrong check byte`: what is counted together. */
  readonly what: string;
  /** The bytes as people can read them; absent where they are nobody's business. */
  readonly example?: string;
}

export interface Tallied extends Misheard {
  readonly count: number;
}

/** Noise could name itself anything: kinds beyond so many are counted as one. */
const MAX_KINDS = 64;
const OTHERS = 'of yet another kind';

export class Tally {
  readonly #tell: (tallied: Tallied) => void;
  readonly #counts = new Map<string, number>();

  constructor(tell: (tallied: Tallied) => void) {
    this.#tell = tell;
  }

  add(misheard: Misheard): void {
    const isKnown = this.#counts.has(misheard.what) || this.#counts.size < MAX_KINDS;
    const what = isKnown ? misheard.what : OTHERS;
    const count = (this.#counts.get(what) ?? 0) + 1;
    this.#counts.set(what, count);
    if (/^10*$/.test(String(count))) this.#tell({ ...misheard, what, count });
  }
}

const SHOWN_BYTES = 40;

/** Printable ASCII as it is, the rest as `<0D>`. */
export function readable(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes.subarray(0, SHOWN_BYTES)) {
    const isPrintable = byte >= 0x20 && byte < 0x7f;
    text += isPrintable ? String.fromCharCode(byte) : `<${byte.toString(16).toUpperCase().padStart(2, '0')}>`;
  }
  return bytes.length > SHOWN_BYTES ? `${text}…` : text;
}
