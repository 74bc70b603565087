/** Time for tests: it stands still until it is told to go on, or jumps to whatever is waited for. */
import type { Timers } from '../../../src/onboard/timers.ts';

interface Waiting {
  readonly delayMs: number;
  readonly then: () => void;
}

export class StandingTimers implements Timers {
  readonly #waiting = new Set<Waiting>();

  after(delayMs: number, then: () => void): () => void {
    const waiting = { delayMs, then };
    this.#waiting.add(waiting);
    return () => this.#waiting.delete(waiting);
  }

  /** The delays that are being waited for now. */
  get delays(): readonly number[] {
    return [...this.#waiting].map(({ delayMs }) => delayMs);
  }

  /** Lets everything that is waited for happen now. */
  pass(): void {
    const due = [...this.#waiting];
    this.#waiting.clear();
    for (const { then } of due) then();
  }
}

/** Whatever is waited for happens as soon as everybody else has had a turn. */
export const jumpingTimers: Timers = {
  after(_delayMs, then) {
    let forgotten = false;
    queueMicrotask(() => {
      if (!forgotten) then();
    });
    return () => {
      forgotten = true;
    };
  },
};
