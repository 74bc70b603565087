/**
 * Which timeframe groups hold at a moment at a stop (GTFS reference, 'Timeframe Local Time Semantics'): by the wall clock
 * of the stop's zone, and by its 'current day', which is the calendar's and not the trip's service day.
 */
import { assert } from '../../error.ts';
import type { ItineraryTables } from '../../tariff/tables.ts';
import { addDays, DAY_MS, type EpochMs, offsetAt, parseDate, type ServiceDate } from '../../time.ts';
import { type Calendar, compileCalendar, runsOn } from './calendar.ts';
import { checkCalendar } from './check-calendar.ts';
import { checkTimeframes } from './check-timeframes.ts';
import type { Findings } from './findings.ts';
import { grouped } from './grouped.ts';
import { type Hours, hoursOf } from './hours.ts';
import { Names, NONE, Sets } from './names.ts';
import type { Stops } from './stop.ts';
import { compileZones, type Zones } from './zone.ts';

/** Days whose pattern is remembered; more are worked out again. */
const DAYS_KEPT = 4_096;

interface Interval extends Hours {
  readonly group: number;
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

  /** Of groups by name, as if they held. */
  setOf(groups: readonly string[]): number {
    return this.#sets.add(groups.map(group => this.names.of(group)));
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
  checkTimeframes(tables, findings);
  checkCalendar(tables, findings);
  const intervals = tables.timeframes.rows.map(
    (row): Interval => ({
      ...hoursOf(row),
      group: names.of(row.timeframe_group_id),
      service: row.service_id,
    }),
  );
  const asked = tables.fareLegRules.rows.some(
    row => row.from_timeframe_group_id !== undefined || row.to_timeframe_group_id !== undefined,
  );
  return new Timeframes(
    names,
    intervals,
    compileCalendar(tables),
    asked ? compileZones(tables, stops, findings) : undefined,
  );
}
