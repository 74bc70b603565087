/** When each band of time holds, by an example: whoever is told that a fare is missing wants to know the minute. */

import { BEYOND_DAYS, dateOfDay, dayOfDate, formatDate, formatTimeOfDay } from '../time.ts';
import type { Bands } from './bands.ts';
import type { InForce } from './in-force.ts';

/**
 * `2026-03-02 09:00:00` for each band: the first such moment in force, or on some day that any calendar speaks of where
 * nothing says what is in force; undefined where there is none.
 */
export function bandMoments(
  { count, firstDay, patternOfDay, patterns }: Bands,
  inForce?: InForce,
): (string | undefined)[] {
  const moments: (string | undefined)[] = Array.from({ length: count });
  const lastDay = firstDay + patternOfDay.length - 1;
  const from = inForce === undefined ? firstDay : dayOfDate(inForce.from);
  const to =
    inForce === undefined
      ? lastDay
      : inForce.to === undefined
        ? Number.POSITIVE_INFINITY
        : dayOfDate(inForce.to);
  const seen = new Set<number>();
  for (let day = Math.max(from, firstDay); day <= Math.min(to, lastDay); day++) {
    const number = patternOfDay[day - firstDay] ?? 0;
    const pattern = patterns[number];
    if (pattern === undefined || seen.has(number)) continue;
    seen.add(number);
    for (const [place, band] of pattern.bands.entries())
      moments[band] ??= moment(day, pattern.startsS[place]);
  }
  // Nothing holds on the days that no calendar speaks of.
  if (from < firstDay || patternOfDay.length === 0) moments[0] ??= moment(from);
  else if (to > lastDay && lastDay < LAST_DAY) moments[0] ??= moment(Math.max(from, lastDay + 1));
  return moments;
}

/** Later ones are not told. */
const LAST_DAY = dayOfDate(BEYOND_DAYS) - 1;

function moment(day: number, second = 0): string {
  return `${formatDate(dateOfDay(day))} ${formatTimeOfDay(second)}`;
}
