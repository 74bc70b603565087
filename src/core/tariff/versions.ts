/** Versions of one tariff: the earliest first, as `readTariff` gives them. */
import type { ServiceDate } from '../time.ts';
import type { Tariff } from './tariff.ts';

/** The version in force on `date`. `unknown`: it lies where nobody published which of two it is. */
export function tariffAt(tariffs: readonly Tariff[], date: ServiceDate): Tariff | 'unknown' | 'none' {
  let found: Tariff | undefined;
  for (const tariff of tariffs) if (tariff.effectiveFrom <= date) found = tariff;
  if (found === undefined || (found.effectiveTo !== undefined && date > found.effectiveTo)) return 'none';
  return found.beganUnknown ? 'unknown' : found;
}
