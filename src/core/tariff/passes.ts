/** Period passes and carnets: compiled `passes`. */
import type { MinorUnits } from '../money.ts';
import { compilePeriod, type Period } from './caps.ts';
import { type Coverage, compileCoverage } from './covers.ts';
import type { Names } from './names.ts';
import type { PriceOf } from './networks.ts';
import type { TariffSettings } from './settings.ts';

export interface Pass {
  readonly id: string;
  readonly ruleId: string;
  readonly productId: number;
  /** What it is sold for, where best value may choose it. */
  readonly amountMinor?: MinorUnits;
  /** How long it is good for, where the pass that is held does not say a last day. */
  readonly period?: Period;
  readonly valid: 'fixed' | 'first-use';
  readonly rides?: number;
  readonly covers: Coverage;
  readonly extension: 'none' | 'difference' | 'from-boundary';
}

export function compilePasses(settings: TariffSettings, names: Names, priceOf: PriceOf): Pass[] {
  return settings.passes.map(rule => ({
    id: rule.id,
    ruleId: `pass:${rule.id}`,
    productId: rule.product,
    ...(rule.fareProduct === undefined ? {} : { amountMinor: priceOf(rule.fareProduct) }),
    ...(rule.period === undefined ? {} : { period: compilePeriod(rule.period) }),
    valid: rule.valid,
    ...(rule.rides === undefined ? {} : { rides: rule.rides }),
    covers: compileCoverage(rule.covers, names),
    extension: rule.extension,
  }));
}
