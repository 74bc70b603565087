/** Calendars of timeframes that cannot be, or that come to nothing. Those of trips alone are no business of fares. */
import { suggest } from '../../suggest.ts';
import type { CalendarRow, FareTable, TimeTables } from '../../tariff/tables.ts';
import { addDays, BEYOND_DAYS, FIRST_DAY, formatDate } from '../../time.ts';
import { compileCalendar, runsBetween } from './calendar.ts';
import type { Findings } from './findings.ts';

/** `dangling`: how grave it is that a date names a service that is nearly one of a timeframe's. */
export function checkCalendar(
  tables: TimeTables,
  findings: Findings,
  dangling: 'error' | 'warning' = 'warning',
): void {
  const used = new Set(tables.timeframes.rows.map(row => row.service_id));
  for (const row of tables.calendar.rows)
    if (used.has(row.service_id)) checkWeek(tables.calendar, row, findings);
  checkDates(tables, used, findings, dangling);
  const calendar = compileCalendar(tables);
  for (const name of used) {
    const service = calendar.get(name);
    const { week } = service ?? {};
    if (service === undefined || isReversed(week)) continue;
    if (runsBetween(service, FIRST_DAY, addDays(BEYOND_DAYS, -1))) continue;
    const what = `'${name}' never runs: no timeframe of it holds`;
    const row = tables.timeframes.rows.find(({ service_id }) => service_id === name);
    if (week !== undefined) findings.warn(tables.calendar, week, 'service_id', { what });
    else if (row !== undefined) findings.warn(tables.timeframes, row, 'service_id', { what });
  }
}

function checkWeek(table: FareTable<CalendarRow>, row: CalendarRow, findings: Findings): void {
  const { start_date: start, end_date: end } = row;
  if (isReversed(row)) {
    const what = `end_date ${formatDate(end)} is before start_date ${formatDate(start)}: it never runs`;
    findings.wrong(table, row, 'end_date', { what, expected: `${formatDate(start)} or later` });
  } else if (start < FIRST_DAY || end >= BEYOND_DAYS) {
    const column = start < FIRST_DAY ? 'start_date' : 'end_date';
    const what = `only the days from ${formatDate(FIRST_DAY)} on and before ${formatDate(BEYOND_DAYS)} are told`;
    findings.warn(table, row, column, { what });
  }
}

function isReversed(week: CalendarRow | undefined): boolean {
  return week !== undefined && week.end_date < week.start_date;
}

/** Feeds list whole services date by date; but a day that is taken away is taken from something. */
function checkDates(
  { calendar, calendarDates }: TimeTables,
  used: ReadonlySet<string>,
  findings: Findings,
  dangling: 'error' | 'warning',
): void {
  const weeks = new Set(calendar.rows.map(row => row.service_id));
  const added = new Set(
    calendarDates.rows.filter(row => row.exception_type === 1).map(row => row.service_id),
  );
  for (const row of calendarDates.rows) {
    const name = row.service_id;
    if (weeks.has(name) || used.has(name)) continue;
    const isSlip = suggest(name, used) !== undefined;
    if (!isSlip && added.has(name)) continue;
    const known = isSlip ? [...used] : [...weeks];
    findings.unknown(calendarDates, row, 'service_id', known, isSlip ? dangling : 'warning');
  }
}
