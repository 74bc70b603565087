/** How long each wait may last, and what is waited with. */
export interface Limits {
  /** From the start of a host to its first word; beyond, PC/SC does not answer. */
  readonly openMs: number;
  /** From that word to our reader among those plugged in; beyond, it is said to be absent. */
  readonly settleMs: number;
  /** For each step of a card: connecting, and each APDU. The rider waits 500 ms at most (DEVICES.md 8). */
  readonly answerMs: number;
  /** After a step's deadline; beyond, the library hangs and its host is replaced. */
  readonly hangMs: number;
  /** The first pause before another host, doubled from failure to failure up to the last, each cut by up to half. */
  readonly pauseMs: { readonly first: number; readonly last: number };
  /** A reader up for so long starts again from the first pause. */
  readonly steadyMs: number;
}

export const LIMITS: Limits = {
  openMs: 10_000,
  settleMs: 500,
  answerMs: 500,
  hangMs: 5_000,
  pauseMs: { first: 250, last: 10_000 },
  steadyMs: 10_000,
};

export type Cancel = () => void;
/** Runs `then` once after `ms`, unless cancelled. */
export type After = (ms: number, then: () => void) => Cancel;

/** `random` in [0, 1): readers that failed together do not come back together. */
export function pauseMs(limits: Limits, failures: number, random: number): number {
  const { first, last } = limits.pauseMs;
  const full = Math.min(last, first * 2 ** failures);
  return Math.round(full * (1 - random / 2));
}
