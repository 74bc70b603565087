/** The two tariffs that are compared, and what is the same of both: two of everything, the old one first. */
import { type Problem, TuraError } from '../../core/error.ts';
import type { Tariff } from '../../core/tariff/tariff.ts';
import { type NoTariff, type Tariffs, tariffAt } from '../../core/tariff/versions.ts';
import { formatDate, type ServiceDate } from '../../core/time.ts';
import type { ReadTariff } from '../../gtfs/tariff-files.ts';

export type Both<T> = readonly [old: T, new: T];

export function differenceOf([old, fresh]: Both<number>): number {
  return fresh - old;
}

/** One tariff under comparison. */
export interface Side {
  /** As people call it: its folder. */
  readonly name: string;
  readonly tariff: Tariff;
  readonly tariffs: Tariffs;
}

/** `asOf`: whatever the day of a tap, the version that is in force on this day rates it. Throws bad-usage where none is. */
export function sideOf(name: string, { tariff, tariffs }: ReadTariff, asOf?: ServiceDate): Side {
  if (asOf === undefined) return { name, tariff, tariffs };
  const version = tariffAt(tariffs, asOf);
  if (typeof version === 'string') {
    throw new TuraError('bad-usage', `${name}: ${NOT_KNOWN[version]} on ${formatDate(asOf)}`, {
      expected: `a day from ${formatDate(tariffs[0].effectiveFrom)} on`,
    });
  }
  const { effectiveTo: _until, ...always } = version;
  return { name, tariff: version, tariffs: [{ ...always, effectiveFrom: 0 as ServiceDate }] };
}

/** Sums in two currencies are not compared. Throws bad-input. */
export function oneCurrency([old, fresh]: Both<Side>): string {
  const [a, b] = [old.tariff.currency, fresh.tariff.currency];
  if (a === b) return a;
  throw new TuraError('bad-input', `two currencies: ${a} in ${old.name}, ${b} in ${fresh.name}`, {
    where: fresh.name,
    expected: `prices in ${a}`,
  });
}

/** What a side's price of that day is not: in force, or known. Undefined where it is both. */
export function noPriceOn({ name, tariffs }: Side, date: ServiceDate): Omit<Problem, 'at'> | undefined {
  const version = tariffAt(tariffs, date);
  if (typeof version !== 'string') return undefined;
  return { what: `${name}: ${NOT_KNOWN[version]} on ${formatDate(date)}`, expected: EXPECTED_DAY };
}

const NOT_KNOWN: Readonly<Record<NoTariff, string>> = {
  none: 'no version is in force',
  unknown: 'nobody published which price holds',
};

const EXPECTED_DAY = 'a day on which both tariffs have a price, or --new-as-of and such a day';
