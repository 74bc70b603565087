/** Waiting is passed in, so that the lab can make an hour pass at once. */
export interface Timers {
  /** Calls `then` once, `delayMs` from now, unless the function returned is called before. */
  after(delayMs: number, then: () => void): () => void;
}

export const systemTimers: Timers = {
  after(delayMs, then) {
    const timer = setTimeout(then, delayMs);
    return () => clearTimeout(timer);
  },
};
