/** A satellite receiver: sentences go in, fixes come out, each dated by the moment it was true. */
import { known } from '../../../core/known.ts';
import { type EpochMs, epoch } from '../../../core/time.ts';
import { type Misheard, readable } from '../../serial/tally.ts';
import { type FixQuality, type GgaFix, readSentence } from './fields.ts';
import { Sentences } from './sentences.ts';

export interface NmeaFix {
  /** By our clock. */
  readonly atMs: EpochMs;
  /** By the satellites'; absent where the receiver sends GGA alone. */
  readonly utc?: EpochMs;
  readonly lat: number;
  readonly lon: number;
  readonly speedMps?: number;
  readonly courseDeg?: number;
  readonly quality?: FixQuality;
  readonly satellites?: number;
  readonly hdop?: number;
}

export interface ReceiverListener {
  fix(fix: NmeaFix): void;
  /** It works, and sees too few satellites. */
  noFix(atMs: EpochMs): void;
  misheard(misheard: Misheard): void;
}

/** A sentence after the other of one second: what is older says nothing of this fix. */
const SAME_FIX_MS = 2_500;
/** More than any buffer holds: then one of the clocks was set. */
const MOST_LATE_MS = 60_000;

export class Receiver {
  readonly #listener: ReceiverListener;
  readonly #sentences: Sentences;
  #nowMs = epoch(0);
  #gga: { readonly atMs: EpochMs; readonly fix: GgaFix | undefined } | undefined;
  #rmcAtMs: EpochMs | undefined;
  #lastUtc: EpochMs | undefined;
  /** Our clock less the satellites' when a fix came in fastest. */
  #leastMs: number | undefined;

  constructor(listener: ReceiverListener) {
    this.#listener = listener;
    this.#sentences = new Sentences({
      sentence: text => this.#read(text),
      misheard: misheard => listener.misheard(misheard),
    });
  }

  /** `atMs`: when these bytes came in. */
  push(bytes: Uint8Array, atMs: EpochMs): void {
    this.#nowMs = atMs;
    this.#sentences.push(bytes);
  }

  /** What comes next has nothing to do with what came before. */
  reset(): void {
    this.#sentences.reset();
    this.#leastMs = undefined;
  }

  #read(text: string): void {
    const read = readSentence(text);
    switch (read.kind) {
      case 'rmc':
        this.#rmcAtMs = this.#nowMs;
        if (read.fix === undefined) this.#listener.noFix(this.#nowMs);
        else this.#tell(read.fix);
        return;
      case 'gga':
        this.#gga = { atMs: this.#nowMs, fix: read.fix };
        if (this.#isFresh(this.#rmcAtMs)) return;
        if (read.fix === undefined) this.#listener.noFix(this.#nowMs);
        else this.#listener.fix({ ...read.fix, atMs: this.#nowMs });
        return;
      case 'other':
        if (!read.isUsual) this.#misheard(read.what, text);
        return;
      case 'nonsense':
        this.#misheard(read.what, text);
        return;
      default:
        read satisfies never;
    }
  }

  #misheard(what: string, text: string): void {
    this.#listener.misheard({ what, example: readable(Buffer.from(text, 'latin1')) });
  }

  /** A receiver that hangs repeats its last fix for ever, and some say each twice, for two kinds of satellites. */
  #tell(fix: Omit<NmeaFix, 'atMs' | 'utc'> & { readonly utc: EpochMs }): void {
    if (fix.utc === this.#lastUtc) return;
    this.#lastUtc = fix.utc;
    const gga = this.#isFresh(this.#gga?.atMs) ? this.#gga?.fix : undefined;
    const { quality, satellites, hdop } = gga ?? {};
    this.#listener.fix(known({ ...fix, atMs: this.#momentOf(fix.utc), quality, satellites, hdop }));
  }

  #isFresh(atMs: EpochMs | undefined): boolean {
    return atMs !== undefined && this.#nowMs - atMs <= SAME_FIX_MS;
  }

  /** A fix that waited in a buffer is dated back by as much longer as it took than the fastest. */
  #momentOf(utc: EpochMs): EpochMs {
    const lagMs = this.#nowMs - utc;
    const lateMs = lagMs - (this.#leastMs ?? lagMs);
    if (lateMs <= 0 || lateMs > MOST_LATE_MS) {
      this.#leastMs = lagMs;
      return this.#nowMs;
    }
    return epoch(this.#nowMs - lateMs);
  }
}
