/**
 * Moments as a file of taps writes them. Those of one minute are written alike but for their seconds, and a minute is
 * worked out once: local time is the dearest part of reading a tap.
 */
import { type EpochMs, epoch, parseInstant, parseLocal, type Zone } from '../../core/time.ts';
import { ownText } from './own-text.ts';

/** A month's minutes; beyond them they are forgotten together. */
const MINUTES_KEPT = 50_000;

const [ZERO, COLON] = [48, 58];

export class Moments {
  readonly #zone: Zone;
  readonly #minutes = new Map<string, EpochMs | undefined>();

  constructor(zone: Zone) {
    this.#zone = zone;
  }

  /** `2026-03-02T07:31:30+05:00`, or `2026-03-02 07:31:30` by the wall clock. Undefined for what is no moment. */
  read(text: string): EpochMs | undefined {
    // Every offset changes on a whole minute, so that the seconds are the same in all zones.
    const hasSeconds = text.charCodeAt(16) === COLON && (text.length === 19 || text.length === 25);
    const seconds = hasSeconds ? secondsAt(text, 17) : -1;
    if (seconds === -1) return this.#parse(text);
    const start = this.#startOf(text.length === 19 ? text.slice(0, 16) : text.slice(0, 16) + text.slice(19));
    return start === undefined ? undefined : epoch(start + seconds * 1000);
  }

  #startOf(minute: string): EpochMs | undefined {
    const known = this.#minutes.get(minute);
    if (known !== undefined) return known;
    if (this.#minutes.size >= MINUTES_KEPT) this.#minutes.clear();
    const start = this.#parse(minute);
    this.#minutes.set(ownText(minute), start);
    return start;
  }

  #parse(text: string): EpochMs | undefined {
    return parseInstant(text) ?? parseLocal(this.#zone, text);
  }
}

/** Two digits of a text as seconds; -1 where they are not. */
function secondsAt(text: string, at: number): number {
  const [tens, ones] = [text.charCodeAt(at) - ZERO, text.charCodeAt(at + 1) - ZERO];
  return tens >= 0 && tens <= 5 && ones >= 0 && ones <= 9 ? tens * 10 + ones : -1;
}
