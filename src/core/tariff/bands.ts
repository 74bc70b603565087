/**
 * Time of day as fares see it. A band is a set of timeframe groups that hold together; which one holds at a moment is
 * read from patterns compiled beforehand, so that no calendar is asked at a tap.
 */
import { compileCalendar, runsOn } from '../fare/match/calendar.ts';
import { type Hours, hoursOf } from '../fare/match/hours.ts';
import {
  addDays,
  BEYOND_DAYS,
  DAY_MS,
  DAY_S,
  dayOfDate,
  type EpochMs,
  FIRST_DAY,
  offsetAt,
  type ServiceDate,
  type Zone,
} from '../time.ts';
import type { TimeTables } from './tables.ts';

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
export function bandAt(bands: Bands, zone: Zone, at: EpochMs): number {
  return bands.patterns.length === 1 ? 0 : bandOfMoment(bands, zone, at);
}

function bandOfMoment({ firstDay, patternOfDay, patterns }: Bands, zone: Zone, at: EpochMs): number {
  const localMs = at + offsetAt(zone, at);
  const day = Math.floor(localMs / DAY_MS);
  const pattern = patterns[patternOfDay[day - firstDay] ?? 0];
  if (pattern === undefined) return 0;
  const second = Math.floor((localMs - day * DAY_MS) / 1000);
  let index = pattern.startsS.length - 1;
  while (index > 0 && (pattern.startsS[index] ?? 0) > second) index--;
  return pattern.bands[index] ?? 0;
}

interface Interval extends Hours {
  readonly group: string;
  readonly service: string;
}

/** The bands, and of each band its groups; the first is that of no group at all. */
export function compileBands(tables: TimeTables): { bands: Bands; names: readonly (readonly string[])[] } {
  const used = new Set(tables.timeframes.rows.map(row => row.service_id));
  const services = [...compileCalendar(tables)].filter(([name]) => used.has(name));
  const intervals = tables.timeframes.rows.map(
    (row): Interval => ({ ...hoursOf(row), group: row.timeframe_group_id, service: row.service_id }),
  );
  const names: string[][] = [[]];
  const patterns: Pattern[] = [{ startsS: [0], bands: [0] }];
  const patternOf = new Map<string, number>([['', 0]]);
  const { first, last } = span(tables, used);
  const patternOfDay: number[] = [];
  for (let date = first; date <= last; date = addDays(date, 1)) {
    const running = services.filter(([, service]) => runsOn(service, date)).map(([name]) => name);
    const key = running.join('\n');
    let pattern = patternOf.get(key);
    if (pattern === undefined) {
      const today = intervals.filter(({ service }) => running.includes(service));
      pattern = placeOf(compilePattern(today, names), patterns);
      patternOf.set(key, pattern);
    }
    patternOfDay.push(pattern);
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

/** From the first to the last day that any calendar of a timeframe speaks of, as far as days are told. */
function span(
  { calendar, calendarDates }: TimeTables,
  used: ReadonlySet<string>,
): { first: ServiceDate; last: ServiceDate } {
  const weeks = calendar.rows.filter(row => used.has(row.service_id));
  const days = calendarDates.rows.filter(row => used.has(row.service_id)).map(({ date }) => date);
  const dates = [...weeks.flatMap(({ start_date, end_date }) => [start_date, end_date]), ...days].sort(
    (a, b) => a - b,
  );
  const [first = FIRST_DAY, last = addDays(FIRST_DAY, -1)] = [dates[0], dates.at(-1)];
  const end = addDays(BEYOND_DAYS, -1);
  return { first: first < FIRST_DAY ? FIRST_DAY : first, last: last > end ? end : last };
}
