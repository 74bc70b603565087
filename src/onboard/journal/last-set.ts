/**
 * The moment of the newest record whose clock had been set. Records of a clock that had not say nothing of time: a Pi
 * without a battery writes them months behind its last tap, and its clock is no better for them.
 */
import type { EpochMs } from '../../core/time.ts';
import { Malformed } from '../../wire/malformed.ts';
import { readRecord } from '../../wire/record/record.ts';
import type { Journal, Sealed } from './journal.ts';

const AT_ONCE = 64;

/** `newest` is the last sequence. Its record is nearly always the one: it alone is read first. */
export function lastSetTimeMs(newest: number, range: Journal['range']): EpochMs | undefined {
  let count = 1;
  for (let next = newest + 1; next > 1; next -= count, count = AT_ONCE) {
    const page = range(next - count, next - 1);
    if (page.length === 0) return undefined;
    for (const sealed of page.toReversed()) {
      const setMs = setTimeOf(sealed);
      if (setMs !== undefined) return setMs;
    }
  }
  return undefined;
}

/** A record that a disk spoilt says nothing either; the back office is told of it. */
function setTimeOf({ bytes }: Sealed): EpochMs | undefined {
  try {
    const { clockState, eventTimeMs } = readRecord(bytes);
    return clockState === 'unset' ? undefined : eventTimeMs;
  } catch (error) {
    if (error instanceof Malformed) return undefined;
    throw error;
  }
}
