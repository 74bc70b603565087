/**
 * The total order of taps (RECORDS.md 1): corrected time, device, epoch, sequence; within one device its own sequence
 * beats its clock. It depends on the taps alone, not on how they arrived.
 */
import type { AccountTap } from './account.ts';

interface Placed {
  readonly tap: AccountTap;
  /** Its time, or that of a tap before it on the same device where that was later: a clock that was set back. */
  readonly atMs: number;
}

export function inTotalOrder(taps: readonly AccountTap[]): readonly AccountTap[] {
  if (isInOrder(taps)) return taps;
  const byDevice = [...taps].sort((a, b) => compareText(a.stream, b.stream) || a.sequence - b.sequence);
  const placed: Placed[] = [];
  let [stream, latestMs] = ['', Number.NEGATIVE_INFINITY];
  for (const tap of byDevice) {
    if (tap.stream !== stream) [stream, latestMs] = [tap.stream, Number.NEGATIVE_INFINITY];
    latestMs = Math.max(latestMs, tap.ride.atMs);
    placed.push({ tap, atMs: latestMs });
  }
  return placed.sort((a, b) => a.atMs - b.atMs || compareTaps(a.tap, b.tap)).map(({ tap }) => tap);
}

/** The common case: they came as they were made. */
function isInOrder(taps: readonly AccountTap[]): boolean {
  for (let index = 1; index < taps.length; index++) {
    const [before, tap] = [taps[index - 1], taps[index]];
    if (before === undefined || tap === undefined) continue;
    const apart = tap.ride.atMs - before.ride.atMs;
    if (apart < 0 || (apart === 0 && compareTaps(before, tap) > 0)) return false;
  }
  return true;
}

function compareTaps(a: AccountTap, b: AccountTap): number {
  return compareText(a.stream, b.stream) || a.sequence - b.sequence;
}

function compareText(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}
