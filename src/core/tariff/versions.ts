/** Versions of one tariff: prices over the same rules, the earliest first. */
import { BEYOND_DAYS, FIRST_DAY, type ServiceDate } from '../time.ts';
import type { Tariff } from './tariff.ts';

export type Tariffs = readonly [Tariff, ...Tariff[]];

/** No version: none is in force on that day, or nobody published which of two is. */
export type NoTariff = 'none' | 'unknown';

export function tariffAt(tariffs: Tariffs, date: ServiceDate): Tariff | NoTariff {
  // A clock that says so is wrong, and no local time is compiled for it.
  if (date < FIRST_DAY || date >= BEYOND_DAYS) return 'none';
  let found: Tariff | undefined;
  for (let index = 0; index < tariffs.length; index++) {
    const tariff = tariffs[index];
    if (tariff !== undefined && tariff.effectiveFrom <= date) found = tariff;
  }
  if (found === undefined || (found.effectiveTo !== undefined && date > found.effectiveTo)) return 'none';
  return found.beganUnknown ? 'unknown' : found;
}

/** A journey is priced by the version at its first entry, unless the tariff says by the tap (`effective.by`). */
export function tariffOfJourney(
  tariffs: Tariffs,
  journey: { readonly tariffHash: string; readonly day: ServiceDate } | undefined,
  date: ServiceDate,
): Tariff | NoTariff {
  if (journey === undefined || tariffs[0].pricedBy === 'tap') return tariffAt(tariffs, date);
  return tariffOfHash(tariffs, journey.tariffHash) ?? tariffAt(tariffs, journey.day);
}

export function tariffOfHash(tariffs: Tariffs, tariffHash: string): Tariff | undefined {
  for (let index = 0; index < tariffs.length; index++)
    if (tariffs[index]?.hash === tariffHash) return tariffs[index];
  return undefined;
}
