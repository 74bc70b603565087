/**
 * Limits that a ride meets by its moment alone, which the engine compares nothing for: where a charging day begins, where
 * other timeframes hold, where another version of the tariff does.
 */
import type { Ride } from '../../core/fare/ride.ts';
import type { Tariff } from '../../core/tariff/tariff.ts';
import type { Tariffs } from '../../core/tariff/versions.ts';
import { DAY_MS, offsetAt } from '../../core/time.ts';
import type { Boundary } from './boundary.ts';
import { firstDaySides, lastDaySides, momentSides } from './side.ts';

export interface MomentBoundary extends Boundary {
  /** What of a ride its sides are asked with; undefined where the ride does not come near. */
  readonly measure: (ride: Ride) => number | undefined;
}

export function momentBoundariesOf(tariffs: Tariffs): readonly MomentBoundary[] {
  const [tariff] = tariffs;
  return [...dayStart(tariff), ...timeframes(tariff), ...versions(tariffs)];
}

/** Only where something runs by days. */
function dayStart(tariff: Tariff): MomentBoundary[] {
  const { caps, passes, bestValue, openLoop, categories, dayStartS, resolutionMs } = tariff;
  const hasQuota = Object.values(categories).some(({ quota }) => quota !== undefined);
  if (caps.length + passes.length + bestValue.length === 0 && openLoop === undefined && !hasQuota) return [];
  const sides = momentSides(dayStartS, resolutionMs / 1000);
  return [{ ruleId: 'day', limit: 'dayStart', sides, measure: ({ atMs }) => wallClock(tariff, atMs).second }];
}

function wallClock({ zone }: Tariff, atMs: Ride['atMs']): { day: number; second: number } {
  const localMs = atMs + offsetAt(zone, atMs);
  const day = Math.floor(localMs / DAY_MS);
  return { day, second: Math.floor((localMs - day * DAY_MS) / 1000) };
}

/** Each time of a kind of day at which other timeframes begin to hold. */
function timeframes(tariff: Tariff): MomentBoundary[] {
  const { bands, resolutionMs } = tariff;
  return bands.patterns.flatMap(({ startsS, bands: held }, pattern) =>
    startsS.flatMap((startS, index): MomentBoundary[] => {
      if (index === 0 || held[index] === held[index - 1]) return [];
      const limit = `${bandName(tariff, held[index - 1])} to ${bandName(tariff, held[index])}`;
      return [
        {
          ruleId: `timeframes ${daysOf(tariff, pattern)}`,
          limit,
          sides: momentSides(startS, resolutionMs / 1000),
          measure: ({ atMs }) => {
            const { day, second } = wallClock(tariff, atMs);
            return (bands.patternOfDay[day - bands.firstDay] ?? 0) === pattern ? second : undefined;
          },
        },
      ];
    }),
  );
}

function bandName({ bandNames }: Tariff, band: number | undefined): string {
  return bandNames[band ?? 0]?.join(' and ') || 'none';
}

/** A kind of day by the first such day there is. */
function daysOf({ bands }: Tariff, pattern: number): string {
  const first = bands.patternOfDay.indexOf(pattern);
  if (first === -1) return 'elsewhere';
  return new Date((bands.firstDay + first) * DAY_MS).toISOString().slice(0, 10);
}

function versions(tariffs: Tariffs): MomentBoundary[] {
  const measure = ({ serviceDate }: Ride) => serviceDate;
  return tariffs.flatMap(({ revision, effectiveFrom, effectiveTo }) => [
    { ruleId: `revision ${revision}`, limit: 'from', sides: firstDaySides(effectiveFrom), measure },
    ...(effectiveTo === undefined
      ? []
      : [{ ruleId: `revision ${revision}`, limit: 'to', sides: lastDaySides(effectiveTo), measure }]),
  ]);
}
