/**
 * Which timeframe groups hold at a moment at a stop (GTFS reference, 'Timeframe Local Time Semantics'): by the wall clock
 * of the stop's zone, and by its 'current day', which is the calendar's and not the trip's service day.
 */
import { assert } from '../../error.ts';
import type { ItineraryTables, TimeframeRow } from '../../tariff/tables.ts';
import { addDays, DAY_MS, type EpochMs, offsetAt, parseDate, type ServiceDate } from '../../time.ts';
import { type Calendar, compileCalendar, runsOn } from './calendar.ts';
import type { Findings } from './findings.ts';
import { grouped } from './grouped.ts';
import { Names, NONE, Sets } from './names.ts';
import type { Stops } from './stop.ts';
import { findGaps } from './timeframe-gap.ts';
import { compileZones, type Zones } from './zone.ts';

export const DAY_S = 86_400;

/** Days whose pattern is remembered; more are worked out again. */
const DAYS_KEPT = 4_096;

interface Interval {
  readonly group: number;
  readonly fromS: number;
  /** Exclusive. */
  readonly toS: number;
  readonly service: string;
}

/** A kind of day: from `starts[i]` on, the groups of `sets[i]` hold. */
interface Pattern {
  readonly starts: readonly number[];
  readonly sets: readonly number[];
}

export class Timeframes {
  readonly names: Names;
  readonly #zones: Zones | undefined;
  readonly #byService: ReadonlyMap<string, readonly Interval[]>;
  readonly #calendar: Calendar;
  readonly #sets = new Sets();
  readonly #patterns = new Map<string, Pattern>();
  readonly #days = new Map<number, Pattern>();

  constructor(names: Names, intervals: readonly Interval[], calendar: Calendar, zones: Zones | undefined) {
    this.names = names;
    this.#byService = grouped(intervals, ({ service }) => service);
    this.#calendar = calendar;
    this.#zones = zones;
  }

  /** The set of groups that hold at `atMs` at `stop`; 0 where no leg rule asks for any. */
  setAt(stop: number, atMs: EpochMs): number {
    if (this.#zones === undefined) return 0;
    const localMs = atMs + offsetAt(this.#zones.ofStop(stop), atMs);
    const day = Math.floor(localMs / DAY_MS);
    const second = Math.floor((localMs - day * DAY_MS) / 1000);
    const { starts, sets } = this.#days.get(day) ?? this.#dayOf(day);
    let index = starts.length - 1;
    while (index > 0 && (starts[index] ?? 0) > second) index--;
    return sets[index] ?? 0;
  }

  /** Is the group among those of the set? An empty field asks for nothing. */
  holds(set: number, group: number): boolean {
    return group === NONE || this.#sets.has(set, group);
  }

  #dayOf(day: number): Pattern {
    const date = addDays(EPOCH_DATE, day);
    const services = [...this.#byService.keys()].filter(name => {
      const service = this.#calendar.get(name);
      return service !== undefined && runsOn(service, date);
    });
    const key = services.join('\n');
    const pattern = this.#patterns.get(key) ?? this.#patternOf(services);
    if (this.#days.size >= DAYS_KEPT) this.#days.clear();
    this.#days.set(day, pattern);
    this.#patterns.set(key, pattern);
    return pattern;
  }

  #patternOf(services: readonly string[]): Pattern {
    const runs = services.flatMap(service => this.#byService.get(service) ?? []);
    const starts = [...new Set([0, ...runs.flatMap(({ fromS, toS }) => [fromS, toS])])].sort((a, b) => a - b);
    const sets = starts.map(second =>
      this.#sets.add(runs.filter(run => run.fromS <= second && second < run.toS).map(run => run.group)),
    );
    return { starts, sets };
  }
}

const EPOCH_DATE: ServiceDate = (() => {
  const date = parseDate('1970-01-01');
  assert(date !== undefined, 'the epoch is a day');
  return date;
})();

export function compileTimeframes(tables: ItineraryTables, stops: Stops, findings: Findings): Timeframes {
  const names = new Names();
  for (const { timeframe_group_id } of tables.timeframes.rows) names.add(timeframe_group_id);
  const calendar = compileCalendar(tables);
  const services = [...calendar.keys()];
  const intervals = tables.timeframes.rows.flatMap((row): Interval[] => {
    if (!calendar.has(row.service_id)) findings.unknown(tables.timeframes, row, 'service_id', services);
    return isSound(row, tables, findings)
      ? [{ ...intervalOf(row), group: names.of(row.timeframe_group_id) }]
      : [];
  });
  findGaps(tables.timeframes, intervalOf, findings);
  const asked = tables.fareLegRules.rows.some(
    row => row.from_timeframe_group_id !== undefined || row.to_timeframe_group_id !== undefined,
  );
  return new Timeframes(
    names,
    intervals,
    calendar,
    asked ? compileZones(tables, stops, findings) : undefined,
  );
}

/** 'An empty value in start_time is considered 00:00:00, in end_time 24:00:00.' */
function intervalOf(row: TimeframeRow): Omit<Interval, 'group'> {
  return { fromS: row.start_time ?? 0, toS: row.end_time ?? DAY_S, service: row.service_id };
}

function isSound(row: TimeframeRow, { timeframes }: ItineraryTables, findings: Findings): boolean {
  const { fromS, toS } = intervalOf(row);
  // 'Values greater than 24:00:00 are forbidden': the day is the calendar's own, and the night after it is another row.
  if (fromS > DAY_S || toS > DAY_S) {
    const column = toS > DAY_S ? 'end_time' : 'start_time';
    const expected = 'at most 24:00:00, and the next day as a row of its own';
    findings.wrong(timeframes, row, column, { what: `${column} is beyond 24:00:00`, expected });
    return false;
  }
  if (fromS >= toS) {
    const expected = 'a later end_time; over midnight, one row to 24:00:00 and one from 00:00:00';
    findings.wrong(timeframes, row, 'end_time', { what: 'end_time is not after start_time', expected });
    return false;
  }
  if ((row.start_time === undefined) !== (row.end_time === undefined)) {
    const [column, taken] =
      row.start_time === undefined
        ? (['start_time', '00:00:00'] as const)
        : (['end_time', '24:00:00'] as const);
    findings.warn(timeframes, row, column, { what: `${column} is empty: taken for ${taken}` });
  }
  return true;
}
