/** What begins or ends between two moments of a day, for a rider who waits from the one to the other. */
import { bandAt } from '../../core/tariff/bands.ts';
import { type Tariffs, tariffAt } from '../../core/tariff/versions.ts';
import {
  DAY_S,
  type EpochMs,
  epoch,
  formatDate,
  formatTimeOfDay,
  type ServiceDate,
  serviceDateAt,
} from '../../core/time.ts';
import type { WorldDay } from './days.ts';
import { turnsOn } from './turns.ts';

export interface Boundary {
  readonly kind: 'timeframe' | 'charging-day' | 'version' | 'season' | 'campaign';
  /** By the wall clock, or of what comes once by the calendar: `09:30`, `2026-09-01`. */
  readonly at: string;
}

/** Of when a ride begins. Seconds after the day's midnight; `category` is the rider's, whose season it may be. */
export function boundaryWithin(
  tariffs: Tariffs,
  day: WorldDay,
  category: string,
  fromS: number,
  toS: number,
): Boundary | undefined {
  const [{ zone, dayStartS }] = tariffs;
  const dateOf = (second: number) => serviceDateAt(zone, dayStartS, momentOf(day, second));
  const [before, after] = [dateOf(fromS), dateOf(toS)];
  if (before !== after)
    return turnOf(tariffs, category, after) ?? { kind: 'charging-day', at: clock(dayStartS) };
  return timeframeWithin(tariffs, day, fromS, toS);
}

/** Of when a ride ends: it is of the day and of the version that it began in. */
export function exitBoundaryWithin(
  tariffs: Tariffs,
  day: WorldDay,
  fromS: number,
  toS: number,
): Boundary | undefined {
  return asksWhenLeft(tariffs) ? timeframeWithin(tariffs, day, fromS, toS) : undefined;
}

/** Some price asks when a ride ends. */
export function asksWhenLeft(tariffs: Tariffs): boolean {
  return tariffs.some(({ prices }) => prices.exitBands > 1);
}

function timeframeWithin(
  [{ bands, zone, resolutionMs }]: Tariffs,
  day: WorldDay,
  fromS: number,
  toS: number,
): Boundary | undefined {
  const bandOf = (second: number) => bandAt(bands, zone, momentOf(day, second));
  if (bandOf(fromS) === bandOf(toS)) return undefined;
  const isTurn = (second: number) =>
    second > fromS && second <= toS && bandOf(second) !== bandOf(second - resolutionMs / 1000);
  const at = [...day.momentsS, ...day.momentsS.map(second => second + DAY_S)].find(isTurn);
  return at === undefined ? undefined : { kind: 'timeframe', at: clock(at % DAY_S) };
}

function momentOf({ startMs }: WorldDay, second: number): EpochMs {
  return epoch(startMs + second * 1000);
}

/** A month and a week are charging days like others, and timeframes change at midnight. */
function turnOf(tariffs: Tariffs, category: string, date: ServiceDate): Boundary | undefined {
  const tariff = tariffAt(tariffs, date);
  const turns = typeof tariff === 'string' ? [] : turnsOn(tariff, date);
  for (const { kind, of } of turns) {
    if (kind === 'version' || kind === 'campaign' || (kind === 'season' && of === category))
      return { kind, at: formatDate(date) };
  }
  return undefined;
}

/** `09:30`, and of a moment within a minute its seconds too. */
function clock(second: number): string {
  return formatTimeOfDay(second).replace(/:00$/, '');
}
