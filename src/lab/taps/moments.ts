/**
 * Moments as a file of taps writes them. Those of one hour are written alike but for their minutes and seconds, and an
 * hour is worked out once: local time is the dearest part of reading a tap.
 */
import { type EpochMs, epoch, parseInstant, parseLocal, UTC, type Zone } from '../../core/time.ts';
import { ownText } from './own-text.ts';

/** A year's hours; beyond them they are forgotten together. */
const HOURS_KEPT = 10_000;

const MINUTE_MS = 60_000;
const [ZERO, COLON] = [48, 58];

export class Moments {
  readonly #zone: Zone;
  /** By the hour as it is written: its beginning; undefined where its minutes are not one after another. */
  readonly #hours = new Map<string, EpochMs | undefined>();
  /** The one that was asked for last, by the wall clock: a file goes on in it. */
  #hour = '-';
  #began: EpochMs | undefined = undefined;

  constructor(zone: Zone) {
    this.#zone = zone;
  }

  /**
   * `2026-03-02T07:31:30+05:00`, or `2026-03-02 07:31:30` and `2026-03-02 07:31` by the wall clock. Undefined for what is no
   * moment.
   */
  read(text: string): EpochMs | undefined {
    const minutes = sixtiethsAt(text, 13);
    const seconds = text.length === 16 ? 0 : sixtiethsAt(text, 16);
    const began = minutes === -1 || seconds === -1 ? undefined : this.#beganOf(text);
    return began === undefined ? this.#parse(text) : epoch(began + minutes * MINUTE_MS + seconds * 1000);
  }

  /** Whether it is none because the clocks were put forward past it. */
  isLeftOut(text: string): boolean {
    return parseLocal(UTC, text) !== undefined && this.#parse(text) === undefined;
  }

  #beganOf(text: string): EpochMs | undefined {
    if (text.length > 19) return this.#hourOf(text.slice(0, 13), text.slice(19));
    if (!text.startsWith(this.#hour)) {
      this.#hour = ownText(text.slice(0, 13));
      this.#began = this.#hourOf(this.#hour, '');
    }
    return this.#began;
  }

  /** `2026-03-02T07` and `+05:00`, or '' by the wall clock. */
  #hourOf(hour: string, offset: string): EpochMs | undefined {
    const written = hour + offset;
    if (this.#hours.has(written)) return this.#hours.get(written);
    if (this.#hours.size >= HOURS_KEPT) this.#hours.clear();
    const [first, last] = ['00', '59'].map(minute => this.#parse(`${hour}:${minute}:00${offset}`));
    // Where the clocks are changed within the hour, or leave a part of it out, each of its minutes is asked for.
    const isWhole = first !== undefined && last === first + 59 * MINUTE_MS;
    this.#hours.set(ownText(written), isWhole ? first : undefined);
    return isWhole ? first : undefined;
  }

  #parse(text: string): EpochMs | undefined {
    return parseInstant(text) ?? parseLocal(this.#zone, text);
  }
}

/** A colon at `at` and two digits, as minutes or seconds; -1 where that does not stand there. */
function sixtiethsAt(text: string, at: number): number {
  if (text.charCodeAt(at) !== COLON) return -1;
  const [tens, ones] = [text.charCodeAt(at + 1) - ZERO, text.charCodeAt(at + 2) - ZERO];
  return tens >= 0 && tens <= 5 && ones >= 0 && ones <= 9 ? tens * 10 + ones : -1;
}
