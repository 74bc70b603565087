/**
 * Timeframes end before their `end_time`. Feeds that end them at :59:00, as if it were the last minute, leave a minute
 * in which nothing holds and no fare is known.
 */
import type { FareTable, TimeframeRow } from '../../tariff/tables.ts';
import type { Findings } from './findings.ts';
import { grouped } from './grouped.ts';

/** A longer gap is meant: peak hours leave the rest of the day to other rules. */
const SLIP_S = 60;
const DAY_S = 86_400;

interface Span {
  readonly fromS: number;
  readonly toS: number;
}

export function findGaps(
  table: FareTable<TimeframeRow>,
  spanOf: (row: TimeframeRow) => Span,
  findings: Findings,
): void {
  for (const rows of grouped(table.rows, row => row.service_id).values()) {
    const spans = rows.map(spanOf);
    const starts = [...spans.map(({ fromS }) => fromS), DAY_S];
    for (const row of rows) {
      const { toS } = spanOf(row);
      const covered = spans.some(span => span.fromS <= toS && toS < span.toS);
      if (covered || toS >= DAY_S) continue;
      const next = Math.min(...starts.filter(start => start > toS));
      if (next - toS > SLIP_S) continue;
      const what = `nothing holds from ${clock(toS)} to ${clock(next)}: end_time is exclusive`;
      findings.warn(table, row, 'end_time', { what, expected: clock(next) });
    }
  }
}

function clock(seconds: number): string {
  const two = (value: number) => String(Math.floor(value)).padStart(2, '0');
  return `${two(seconds / 3600)}:${two((seconds / 60) % 60)}:${two(seconds % 60)}`;
}
