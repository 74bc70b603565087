/**
 * Tries again what failed: a second after the fault, then twice as long each time, up to a minute. What works again
 * is proven by use: only then does the next fault begin with a second.
 */
import type { Timers } from '../timers.ts';

const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 60_000;

export interface MenderOptions {
  readonly timers: Timers;
  /** Throws as long as the fault stays. */
  readonly mend: () => void | Promise<void>;
  /** A try that failed. */
  readonly onStays: (fault: unknown) => void;
}

export class Mender {
  readonly #options: MenderOptions;
  #waitMs = FIRST_WAIT_MS;
  #cancel: (() => void) | undefined;
  #trying = false;
  #failedAgain = false;
  #stopped = false;

  constructor(options: MenderOptions) {
    this.#options = options;
  }

  /** It failed, and is tried again after the wait. */
  fails(): void {
    if (this.#trying) this.#failedAgain = true;
    else this.#wait();
  }

  /** It was used and held. */
  works(): void {
    this.#waitMs = FIRST_WAIT_MS;
  }

  stop(): void {
    this.#stopped = true;
    this.#cancel?.();
  }

  #wait(): void {
    if (this.#stopped || this.#cancel !== undefined) return;
    this.#cancel = this.#options.timers.after(this.#waitMs, () => this.#try());
    this.#waitMs = Math.min(this.#waitMs * 2, LONGEST_WAIT_MS);
  }

  async #try(): Promise<void> {
    this.#cancel = undefined;
    this.#failedAgain = false;
    this.#trying = true;
    try {
      await this.#options.mend();
    } catch (fault) {
      this.#failedAgain = true;
      if (!this.#stopped) this.#options.onStays(fault);
    }
    this.#trying = false;
    if (this.#failedAgain) this.#wait();
  }
}
