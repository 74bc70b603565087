/**
 * Timeframes end before their `end_time`. Feeds that end them at :59:00, as if it were the last minute, leave a minute
 * in which nothing holds and no fare is known.
 */
import type { FareTable, TimeframeRow } from '../../tariff/tables.ts';
import { DAY_S, formatTimeOfDay } from '../../time.ts';
import type { Findings } from './findings.ts';
import { grouped } from './grouped.ts';
import { hoursOf } from './hours.ts';

/** A longer gap is meant: peak hours leave the rest of the day to other rules. */
const SLIP_S = 60;

export function findGaps(table: FareTable<TimeframeRow>, findings: Findings): void {
  for (const rows of grouped(table.rows, row => row.service_id).values()) {
    const spans = rows.map(hoursOf);
    const starts = [...spans.map(({ fromS }) => fromS), DAY_S];
    for (const row of rows) {
      const { toS } = hoursOf(row);
      const covered = spans.some(span => span.fromS <= toS && toS < span.toS);
      if (covered || toS >= DAY_S) continue;
      const next = Math.min(...starts.filter(start => start > toS));
      if (next - toS > SLIP_S) continue;
      const what = `nothing holds from ${formatTimeOfDay(toS)} to ${formatTimeOfDay(next)}: end_time is exclusive`;
      findings.warn(table, row, 'end_time', { what, expected: formatTimeOfDay(next) });
    }
  }
}
