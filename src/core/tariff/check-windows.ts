/** Times and limits that cannot be: windows of nothing, steps out of order, versions that begin on one day. */
import type { Path } from '../source/yaml.ts';
import type { Checker } from './checker.ts';
import type { TariffSettings } from './settings.ts';

export function checkWindows(settings: TariffSettings, check: Checker): void {
  checkLengths(settings, check);
  checkVersions(settings, check);
  checkPassback(settings, check);
  checkPasses(settings, check);
  for (const [index, { steps }] of settings.distances.entries()) {
    const limits = steps.map(({ upToMetres }) => upToMetres);
    checkAscending(['distances', index, 'steps'], limits, check);
  }
  for (const [name, { sameStop = [], maximumTime = [], linking }] of Object.entries(settings.networks)) {
    const limits = sameStop.map(({ upTo }) => upTo);
    checkAscending(['networks', name, 'sameStop'], limits, check);
    checkMaximumTime(['networks', name, 'maximumTime'], maximumTime, check);
    const stops = linking?.stops.flat() ?? [];
    const twice = stops.find((stop, index) => stops.indexOf(stop) !== index);
    if (twice === undefined) continue;
    check.wrong(
      ['networks', name, 'linking', 'stops'],
      `'${twice}' stands in two groups`,
      'one group a stop',
    );
  }
}

type Network = TariffSettings['networks'][string];

/** Nobody rides on within no time at all. */
function checkLengths({ transfers, networks }: TariffSettings, check: Checker): void {
  const windows: [Path, number | undefined][] = [
    ...transfers.map(({ window }, index): [Path, number] => [['transfers', index, 'window'], window]),
    ...Object.entries(networks).flatMap(([name, { sameStop = [], maximumTime = [], linking }]) => [
      ...sameStop.map(({ upTo }, index): [Path, number | undefined] => [
        ['networks', name, 'sameStop', index, 'upTo'],
        upTo,
      ]),
      ...maximumTime.map(({ atMost }, index): [Path, number] => [
        ['networks', name, 'maximumTime', index, 'atMost'],
        atMost,
      ]),
      [['networks', name, 'linking', 'within'], linking?.within] as [Path, number | undefined],
    ]),
  ];
  for (const [path, length] of windows)
    if (length === 0) check.wrong(path, 'no time at all', 'a length of time above zero');
}

/** A step without a limit is the last. */
function checkAscending(path: Path, limits: readonly (number | undefined)[], check: Checker): void {
  limits.forEach((limit = Number.POSITIVE_INFINITY, index) => {
    if (index === 0 || limit > (limits[index - 1] ?? Number.POSITIVE_INFINITY)) return;
    check.wrong([...path, index], 'no longer than the step before it', 'steps in ascending order');
  });
}

type Step = NonNullable<Network['maximumTime']>[number];

/** The first step that a journey fits decides: one that is covered before it never does. */
function checkMaximumTime(path: Path, steps: readonly Step[], check: Checker): void {
  steps.forEach((step, index) => {
    const before = steps.slice(0, index);
    if (before.some(other => isWithin(step, other)))
      check.wrong(
        [...path, index],
        'never reached: a step before it holds for as many zones',
        'steps in ascending order',
      );
    else if (before.some(other => hasSameTimes(step, other) && step.atMost < other.atMost))
      check.warn(
        [...path, index, 'atMost'],
        'farther in less time than the step before it',
        'steps in ascending order',
      );
  });
}

function isWithin(step: Step, other: Step): boolean {
  const { zones = Number.POSITIVE_INFINITY, timeframes } = step;
  return (
    zones <= (other.zones ?? Number.POSITIVE_INFINITY) &&
    (other.timeframes === undefined ||
      (timeframes?.every(group => other.timeframes?.includes(group)) ?? false))
  );
}

function hasSameTimes({ timeframes: a }: Step, { timeframes: b }: Step): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function checkPassback({ categories, passback }: TariffSettings, check: Checker): void {
  const carried = Math.max(...Object.values(categories).map(({ ridersPerTrip }) => ridersPerTrip));
  if (carried <= 1 || passback.group !== 'window' || passback.furtherRider > 0) return;
  const what = `${carried} riders on one card and no time to present it again`;
  check.wrong(['passback', 'furtherRider'], what, 'a length of time above zero');
}

function checkPasses({ passes, caps }: TariffSettings, check: Checker): void {
  passes.forEach((pass, index) => {
    if (pass.period !== undefined || pass.rides !== undefined || pass.valid === 'fixed') return;
    check.wrong(['passes', index], `'${pass.id}' never ends`, 'a period, or a number of rides');
  });
  caps.forEach(({ gives }, index) => {
    const given = passes.find(({ id }) => id === gives);
    if (given?.rides === undefined) return;
    check.wrong(['caps', index, 'gives'], `'${given.id}' is a carnet`, 'a pass for the rest of the period');
  });
}

/** Versions follow each other; of two that begin on one day neither can be told to hold. */
function checkVersions({ versions, effective }: TariffSettings, check: Checker): void {
  const begun = new Set<number>([effective.from]);
  versions.forEach(({ from, to }, index) => {
    if (typeof from !== 'number') return;
    if (begun.has(from))
      check.wrong(['versions', index, 'from'], 'another version begins that day', 'a day of its own');
    begun.add(from);
    if (to !== undefined && to < from) {
      check.wrong(['versions', index, 'to'], 'it ends before it begins', 'a day not before from');
    }
  });
}
