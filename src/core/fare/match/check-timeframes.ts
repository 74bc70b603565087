/** Timeframes that cannot be: of a service that is nowhere, at hours that are none, or twice at once. */
import type { FareTable, TimeframeRow, TimeTables } from '../../tariff/tables.ts';
import { DAY_S } from '../../time.ts';
import { compileCalendar } from './calendar.ts';
import type { Findings } from './findings.ts';
import { grouped } from './grouped.ts';
import { hoursOf } from './hours.ts';
import { findGaps } from './timeframe-gap.ts';

export function checkTimeframes(tables: TimeTables, findings: Findings): void {
  const { timeframes } = tables;
  const services = [...compileCalendar(tables).keys()];
  for (const row of timeframes.rows) {
    if (!services.includes(row.service_id)) findings.unknown(timeframes, row, 'service_id', services);
    checkHours(timeframes, row, findings);
  }
  findOverlaps(timeframes, findings);
  findGaps(timeframes, findings);
}

function checkHours(table: FareTable<TimeframeRow>, row: TimeframeRow, findings: Findings): void {
  const { fromS, toS } = hoursOf(row);
  // 'Values greater than 24:00:00 are forbidden': the day is the calendar's own, and the night after it is another row.
  if (fromS > DAY_S || toS > DAY_S) {
    const column = toS > DAY_S ? 'end_time' : 'start_time';
    const expected = 'at most 24:00:00, and the next day as a row of its own';
    findings.wrong(table, row, column, { what: `${column} is beyond 24:00:00`, expected });
  } else if (fromS >= toS) {
    const expected = 'a later end_time; over midnight, one row to 24:00:00 and one from 00:00:00';
    findings.wrong(table, row, 'end_time', { what: 'end_time is not after start_time', expected });
  } else if ((row.start_time === undefined) !== (row.end_time === undefined)) {
    const [column, taken] =
      row.start_time === undefined
        ? (['start_time', '00:00:00'] as const)
        : (['end_time', '24:00:00'] as const);
    findings.warn(table, row, column, { what: `${column} is empty: taken for ${taken}` });
  }
}

/** 'There must not be overlapping time intervals for the same timeframe_group_id and service_id values.' */
function findOverlaps(table: FareTable<TimeframeRow>, findings: Findings): void {
  const alike = grouped(table.rows, row => JSON.stringify([row.timeframe_group_id, row.service_id]));
  for (const rows of alike.values()) {
    for (const [index, row] of rows.entries()) {
      const before = rows.slice(0, index).find(other => overlap(row, other));
      if (before === undefined) continue;
      const what = `'${row.timeframe_group_id}' holds already, by line ${before.line}`;
      findings.wrong(table, row, 'start_time', { what, expected: 'times that do not overlap' });
    }
  }
}

function overlap(a: TimeframeRow, b: TimeframeRow): boolean {
  return hoursOf(a).fromS < hoursOf(b).toS && hoursOf(b).fromS < hoursOf(a).toS;
}
