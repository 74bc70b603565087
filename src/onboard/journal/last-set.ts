/**
 * The moment of the newest record whose clock had been set. Records of a clock that had not say nothing of time: a Pi
 * without a battery writes them months behind its last tap, and its clock is no better for them.
 */
import type { EpochMs } from '../../core/time.ts';
import { readableRecord } from '../../wire/record/record.ts';
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

function setTimeOf({ bytes }: Sealed): EpochMs | undefined {
  const record = readableRecord(bytes);
  return record?.clockState === 'unset' ? undefined : record?.eventTimeMs;
}
