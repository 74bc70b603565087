/** Days worth trying a tariff on, and the moments of a day at which it may charge otherwise than just before. */
import type { Tariff } from '../../core/tariff/tariff.ts';
import { type Tariffs, tariffAt } from '../../core/tariff/versions.ts';
import {
  addDays,
  DAY_MS,
  DAY_S,
  dayOfDate,
  epoch,
  offsetAt,
  type ServiceDate,
  weekdayOf,
  type Zone,
} from '../../core/time.ts';
import { patternOn, turnsOn } from './turns.ts';

export interface WorldDay {
  readonly date: ServiceDate;
  /** Midnight by its clocks. */
  readonly startMs: number;
  /** Seconds after midnight by which a timeframe, the charging day or the next calendar day has begun. */
  readonly momentsS: readonly number[];
}

/** When people ride, in seconds after midnight. */
export const MORNING_S = 8 * 3600;
/** So long a version is looked at from its beginning on: whatever comes round every year has come. */
const YEAR = 366;
/** So long after its beginning its days are ordinary. */
const SETTLED = 28;

/**
 * An ordinary day first, then each first day on which something begins, and the day before it. Days near which clocks
 * change are left out: their wall clock does not say for certain when it is.
 */
export function daysOf(tariffs: Tariffs): readonly WorldDay[] {
  const known = tariffs.filter(({ beganUnknown }) => !beganUnknown);
  const turns = known.flatMap(turningDays).sort((a, b) => a - b);
  const dates = [
    ...known.toReversed().flatMap(ordinaryDay),
    ...turns.flatMap(date => [addDays(date, -1), date]),
  ];
  return [...new Set(dates)]
    .filter(date => typeof tariffAt(tariffs, date) !== 'string' && isPlain(tariffs[0].zone, date))
    .map(date => dayAt(tariffs[0], date));
}

/** The first day of a week. */
function ordinaryDay(tariff: Tariff): readonly ServiceDate[] {
  return daysOfYear(tariff)
    .slice(SETTLED)
    .filter(date => weekdayOf(date) === tariff.weekStart)
    .slice(0, 1);
}

/** The first of each turn. */
function turningDays(tariff: Tariff): readonly ServiceDate[] {
  const seen = new Set<string>();
  return daysOfYear(tariff).filter(date => {
    const fresh = turnsOn(tariff, date)
      .map(({ kind, of, isEnd }) => `${kind} ${of} ${isEnd}`)
      .filter(turn => !seen.has(turn));
    for (const turn of fresh) seen.add(turn);
    return fresh.length > 0;
  });
}

function daysOfYear({ effectiveFrom }: Tariff): readonly ServiceDate[] {
  return Array.from({ length: YEAR }, (_, days) => addDays(effectiveFrom, days));
}

/** From the day before to two days after, no clock is put forward or back. */
function isPlain(zone: Zone, date: ServiceDate): boolean {
  const midnightMs = dayOfDate(date) * DAY_MS;
  const offsets = [-1, 0, 1, 2, 3].map(days => offsetAt(zone, epoch(midnightMs + days * DAY_MS)));
  return offsets.every(offset => offset === offsets[0]);
}

/** Timeframes and the charging day are the same in every version. */
export function dayAt(tariff: Tariff, date: ServiceDate): WorldDay {
  const { bands, zone, dayStartS, resolutionMs } = tariff;
  const unitS = resolutionMs / 1000;
  const midnightMs = dayOfDate(date) * DAY_MS;
  const begin = bands.patterns[patternOn(tariff, date)]?.startsS ?? [];
  const moments = [...begin, dayStartS, DAY_S].map(second => Math.ceil(second / unitS) * unitS);
  return {
    date,
    startMs: midnightMs - offsetAt(zone, epoch(midnightMs)),
    momentsS: [...new Set(moments)].filter(second => second > 0).sort((a, b) => a - b),
  };
}
