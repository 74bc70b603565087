/** Simulated timers: time stands still until a test moves it. */
import type { Timers } from '../../src/onboard/timers.ts';

export interface Clockwork extends Timers {
  /** Moves time on, and runs what falls due in its order. */
  pass(ms: number): void;
}

export function clockwork(): Clockwork {
  let now = 0;
  const timers = new Set<{ readonly due: number; readonly then: () => void }>();
  return {
    after: (ms, then) => {
      const timer = { due: now + ms, then };
      timers.add(timer);
      return () => timers.delete(timer);
    },
    pass: ms => {
      const end = now + ms;
      for (;;) {
        const [next] = [...timers].filter(timer => timer.due <= end).sort((a, b) => a.due - b.due);
        if (next === undefined) break;
        timers.delete(next);
        now = next.due;
        next.then();
      }
      now = end;
    },
  };
}
