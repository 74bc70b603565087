/**
 * The total order of taps (RECORDS.md 1): corrected time, device, epoch, sequence; within one device its own sequence
 * beats its clock. It depends on the taps alone, not on how they arrived.
 */
import type { AccountTap } from './account.ts';

/** What has its place among others by when and where it was made. */
interface Made {
  /** Device and epoch. */
  readonly stream: string;
  readonly sequence: number;
  /** Corrected. */
  readonly atMs: number;
}

export function inTotalOrder(taps: readonly AccountTap[]): readonly AccountTap[] {
  if (isInOrder(taps)) return taps;
  return placed(taps, ({ stream, sequence, ride: { atMs } }) => ({ stream, sequence, atMs }));
}

/** Anything in that order, by where and when each of it was made. */
export function placed<Item>(items: readonly Item[], madeOf: (item: Item) => Made): readonly Item[] {
  const all = items.map(item => ({ item, made: madeOf(item) })).sort((a, b) => compare(a.made, b.made));
  let [stream, latestMs] = ['', Number.NEGATIVE_INFINITY];
  // Its time, or that of one before it on the same device where that was later: a clock that was set back.
  const timed = all.map(({ item, made }) => {
    if (made.stream !== stream) [stream, latestMs] = [made.stream, Number.NEGATIVE_INFINITY];
    latestMs = Math.max(latestMs, made.atMs);
    return { item, made, atMs: latestMs };
  });
  return timed.sort((a, b) => a.atMs - b.atMs || compare(a.made, b.made)).map(({ item }) => item);
}

/** The common case: they came as they were made. */
function isInOrder(taps: readonly AccountTap[]): boolean {
  let doAllRise = true;
  for (let index = 1; index < taps.length; index++) {
    const [before, tap] = [taps[index - 1], taps[index]];
    if (before === undefined || tap === undefined) continue;
    const apart = tap.ride.atMs - before.ride.atMs;
    if (apart < 0 || (apart === 0 && compare(before, tap) > 0)) return false;
    doAllRise &&= before.sequence <= tap.sequence;
  }
  return doAllRise || doesEachRise(taps);
}

/** Of each device: its clock may have been set back between two taps, and theirs are not one behind the other. */
function doesEachRise(taps: readonly AccountTap[]): boolean {
  const last = new Map<string, number>();
  for (const { stream, sequence } of taps) {
    if (sequence < (last.get(stream) ?? sequence)) return false;
    last.set(stream, sequence);
  }
  return true;
}

function compare(a: Omit<Made, 'atMs'>, b: Omit<Made, 'atMs'>): number {
  return compareText(a.stream, b.stream) || a.sequence - b.sequence;
}

function compareText(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}
