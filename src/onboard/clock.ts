/** The vehicle's clock, as read and with what is known of its error. */
import type { Clock } from '../core/tap.ts';
import { type EpochMs, epoch } from '../core/time.ts';

export interface OnboardClock {
  now(): EpochMs;
  /** Milliseconds since some moment of this start; never runs back. */
  monotonicMs(): number;
  /** The same object as long as nothing changed. */
  standing(): Clock;
}

/** Nothing ran before this was built: a clock that says so was never set (a Pi without a battery wakes in 1970). */
export const NEVER_BEFORE = Date.UTC(2025, 0, 1);

const UNSET: Clock = { state: 'unset', offsetMs: 0, uncertaintyMs: 0 };
const FREE: Clock = { state: 'free', offsetMs: 0, uncertaintyMs: 1000 };
const PLAYED: Clock = { state: 'ntp', offsetMs: 0, uncertaintyMs: 50 };

/**
 * The operating system's clock. Nobody has said how well it is kept, so it is `free`; it may be set at any time. Behind
 * the last tap that a set clock gave (`lastSetMs`) it was not set since: a Pi without a network goes on from the moment
 * of its last shutdown, or from that of its image.
 */
export function systemClock(lastSetMs: () => EpochMs | undefined): OnboardClock {
  return {
    now: () => epoch(Date.now()),
    monotonicMs: () => Math.round(performance.now()),
    standing: () => (Date.now() < Math.max(NEVER_BEFORE, lastSetMs() ?? 0) ? UNSET : FREE),
  };
}

/** A clock that moves only when it is told to: for played taps, whose moments stand in a file. */
export class PlayedClock implements OnboardClock {
  #nowMs: EpochMs;
  readonly #startMs: EpochMs;

  constructor(startMs: EpochMs) {
    this.#nowMs = startMs;
    this.#startMs = startMs;
  }

  now(): EpochMs {
    return this.#nowMs;
  }

  monotonicMs(): number {
    return this.#nowMs - this.#startMs;
  }

  standing(): Clock {
    return PLAYED;
  }

  /** Goes on to `atMs`; a moment that has passed already leaves it where it is. */
  advanceTo(atMs: EpochMs): void {
    if (atMs > this.#nowMs) this.#nowMs = atMs;
  }
}
