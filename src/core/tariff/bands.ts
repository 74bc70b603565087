/**
 * Time of day as fares see it. A band is a set of timeframe groups that hold together; which one holds at a moment is
 * read from patterns compiled beforehand, so that no calendar is asked at a tap.
 */
import { compileCalendar, runsOn } from '../fare/match/calendar.ts';
import { addDays, DAY_MS, dayOfDate, type EpochMs, offsetAt, type ServiceDate, type Zone } from '../time.ts';
import type { TariffTables } from './tables.ts';

export interface Bands {
  readonly count: number;
  /** Days since 1970-01-01; `patternOfDay` begins with it. */
  readonly firstDay: number;
  readonly patternOfDay: readonly number[];
  /** The first is that of a day on which no service runs. */
  readonly patterns: readonly Pattern[];
}

/** From `startsS[i]` seconds after midnight on, band `bands[i]` holds, which is another than before. */
interface Pattern {
  readonly startsS: readonly number[];
  readonly bands: readonly number[];
}

/** By the wall clock and the calendar's own day (GTFS reference, 'Timeframe Local Time Semantics'). */
export function bandAt({ firstDay, patternOfDay, patterns }: Bands, zone: Zone, at: EpochMs): number {
  if (patterns.length === 1) return 0;
  const localMs = at + offsetAt(zone, at);
  const day = Math.floor(localMs / DAY_MS);
  const pattern = patterns[patternOfDay[day - firstDay] ?? 0];
  if (pattern === undefined) return 0;
  const second = Math.floor((localMs - day * DAY_MS) / 1000);
  let index = pattern.startsS.length - 1;
  while (index > 0 && (pattern.startsS[index] ?? 0) > second) index--;
  return pattern.bands[index] ?? 0;
}

/** Calendars that reach further are cut: a tariff lives some years. */
const MAX_DAYS = 20 * 366;
const DAY_S = 86_400;

interface Interval {
  readonly group: string;
  readonly fromS: number;
  /** Exclusive. */
  readonly toS: number;
  readonly service: string;
}

/** The bands, and of each band its groups; the first is that of no group at all. */
export function compileBands(tables: TariffTables): { bands: Bands; names: readonly (readonly string[])[] } {
  const calendar = compileCalendar(tables);
  const intervals = tables.timeframes.rows.map(
    (row): Interval => ({
      group: row.timeframe_group_id,
      fromS: row.start_time ?? 0,
      toS: row.end_time ?? DAY_S,
      service: row.service_id,
    }),
  );
  const names: string[][] = [[]];
  const patterns: Pattern[] = [{ startsS: [0], bands: [0] }];
  const patternOf = new Map<string, number>([['', 0]]);
  const { first, last } = span(tables);
  const patternOfDay: number[] = [];
  for (let date = first; date <= last && patternOfDay.length < MAX_DAYS; date = addDays(date, 1)) {
    const running = [...calendar].filter(([, service]) => runsOn(service, date)).map(([name]) => name);
    const today = intervals.filter(({ service }) => running.includes(service));
    const key = today.map(interval => intervals.indexOf(interval)).join(',');
    const known = patternOf.get(key) ?? placeOf(compilePattern(today, names), patterns);
    patternOf.set(key, known);
    patternOfDay.push(known);
  }
  return { bands: { count: names.length, ...served(dayOfDate(first), patternOfDay), patterns }, names };
}

/** Days of which the same holds at the same times are of one pattern, whichever services run on them. */
function placeOf(pattern: Pattern, patterns: Pattern[]): number {
  const said = JSON.stringify(pattern);
  const found = patterns.findIndex(known => JSON.stringify(known) === said);
  return found === -1 ? patterns.push(pattern) - 1 : found;
}

/** From the first day on which any service runs to the last. */
function served(firstDay: number, patternOfDay: readonly number[]): Pick<Bands, 'firstDay' | 'patternOfDay'> {
  const isServed = (pattern: number) => pattern > 0;
  const begin = Math.max(0, patternOfDay.findIndex(isServed));
  const end = patternOfDay.findLastIndex(isServed) + 1;
  return { firstDay: firstDay + begin, patternOfDay: patternOfDay.slice(begin, end) };
}

function compilePattern(today: readonly Interval[], names: string[][]): Pattern {
  const startsS = [...new Set([0, ...today.flatMap(({ fromS, toS }) => [fromS, toS])])]
    .filter(second => second < DAY_S)
    .sort((a, b) => a - b);
  const bands = startsS.map(second => bandOf(groupsAt(today, second), names));
  const begins = (_: unknown, index: number) => index === 0 || bands[index] !== bands[index - 1];
  return { startsS: startsS.filter(begins), bands: bands.filter(begins) };
}

function groupsAt(today: readonly Interval[], second: number): string[] {
  const holding = today.filter(({ fromS, toS }) => fromS <= second && second < toS);
  return [...new Set(holding.map(({ group }) => group))].sort();
}

function bandOf(groups: string[], names: string[][]): number {
  const found = names.findIndex(name => name.join('\0') === groups.join('\0'));
  return found === -1 ? names.push(groups) - 1 : found;
}

/** From the first to the last day that any calendar speaks of. */
function span({ calendar, calendarDates, timeframes }: TariffTables): {
  first: ServiceDate;
  last: ServiceDate;
} {
  const used = new Set(timeframes.rows.map(row => row.service_id));
  const weeks = calendar.rows.filter(row => used.has(row.service_id));
  const days = calendarDates.rows.filter(row => used.has(row.service_id)).map(({ date }) => date);
  const dates = [...weeks.flatMap(({ start_date, end_date }) => [start_date, end_date]), ...days].sort(
    (a, b) => a - b,
  );
  return { first: dates[0] ?? NEVER, last: dates.at(-1) ?? addDays(NEVER, -1) };
}

const NEVER = 19700101 as ServiceDate;
