/** Times and limits that cannot be: steps out of order, versions that overlap, timeframes that hold twice. */
import type { Problem } from '../error.ts';
import { parseAmount } from '../money.ts';
import type { Checker } from './checker.ts';
import type { TariffSettings } from './settings.ts';
import type { TariffTables, TimeframeRow } from './tables.ts';

const DAY_S = 86_400;

export function checkWindows(settings: TariffSettings, tables: TariffTables, check: Checker): void {
  for (const problem of overlapping(tables)) check.add(problem);
  checkVersions(settings, check);
  checkAmounts(settings, check);
  const carried = Math.max(...Object.values(settings.categories).map(({ ridersPerTrip }) => ridersPerTrip));
  if (carried > 1 && settings.passback.group === 'window' && settings.passback.furtherRider === 0) {
    const what = `${carried} riders on one card and no time to present it again`;
    check.wrong(['passback', 'furtherRider'], what, 'a length of time above zero');
  }
  for (const [name, { sameStop = [], linking }] of Object.entries(settings.networks)) {
    sameStop.forEach(({ upTo }, index) => {
      const before = sameStop[index - 1];
      if (index === 0 || (before?.upTo !== undefined && before.upTo < (upTo ?? Number.POSITIVE_INFINITY)))
        return;
      check.wrong(
        ['networks', name, 'sameStop', index],
        'no longer than the step before it',
        'steps in ascending order',
      );
    });
    const stops = linking?.stops.flat() ?? [];
    const twice = stops.find((stop, index) => stops.indexOf(stop) !== index);
    if (twice !== undefined) {
      check.wrong(
        ['networks', name, 'linking', 'stops'],
        `'${twice}' stands in two groups`,
        'one group a stop',
      );
    }
  }
  settings.passes.forEach((pass, index) => {
    if (pass.period !== undefined || pass.rides !== undefined || pass.valid === 'fixed') return;
    check.wrong(['passes', index], `'${pass.id}' never ends`, 'a period, or a number of rides');
  });
  settings.caps.forEach(({ gives }, index) => {
    const given = settings.passes.find(({ id }) => id === gives);
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

function checkAmounts(settings: TariffSettings, check: Checker): void {
  const { currency } = settings;
  const amount = (path: readonly (string | number)[], text: string | undefined) => {
    if (text === undefined || parseAmount(text, currency) !== undefined) return;
    check.wrong(path, `'${text}' is no amount in ${currency}`, `a decimal amount in ${currency}`);
  };
  settings.caps.forEach(({ limit }, index) => {
    if ('amount' in limit) amount(['caps', index, 'limit', 'amount'], limit.amount);
  });
  for (const [index, { minus }] of settings.discounts.entries()) amount(['discounts', index, 'minus'], minus);
  settings.transfers.forEach(({ price }, index) => {
    if (typeof price !== 'string' && 'minus' in price)
      amount(['transfers', index, 'price', 'minus'], price.minus);
  });
  amount(['purse', 'floor'], settings.purse?.floor);
  amount(['purse', 'maximum'], settings.purse?.maximum);
  amount(['openLoop', 'firstRide'], settings.openLoop?.firstRide);
  amount(['openLoop', 'floorLimit'], settings.openLoop?.floorLimit);
  settings.loyalty.forEach(({ point }, index) => {
    if (!((parseAmount(point, currency) ?? 0) > 0))
      check.wrong(
        ['loyalty', index, 'point'],
        `a point of '${point}'`,
        `an amount in ${currency} above zero`,
      );
  });
}

/** 'There must not be overlapping time intervals for the same timeframe_group_id and service_id' (GTFS reference). */
function overlapping({ timeframes }: TariffTables): Problem[] {
  const found: Problem[] = [];
  for (const [index, row] of timeframes.rows.entries()) {
    const before = timeframes.rows.slice(0, index).find(other => overlap(row, other));
    if (before === undefined) continue;
    const what = `'${row.timeframe_group_id}' holds already, by line ${before.line}`;
    found.push({ at: timeframes.at(row, 'start_time'), what, expected: 'times that do not overlap' });
  }
  return found;
}

function overlap(a: TimeframeRow, b: TimeframeRow): boolean {
  if (a.timeframe_group_id !== b.timeframe_group_id || a.service_id !== b.service_id) return false;
  return (a.start_time ?? 0) < (b.end_time ?? DAY_S) && (b.start_time ?? 0) < (a.end_time ?? DAY_S);
}
