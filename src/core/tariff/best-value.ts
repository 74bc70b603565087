/** Never more than the cheapest of singles and passes: compiled `bestValue`. */
import type { MinorUnits } from '../money.ts';
import type { Period } from './caps.ts';
import { type Coverage, compileCoverage } from './covers.ts';
import type { Names } from './names.ts';
import type { Pass } from './passes.ts';
import type { TariffSettings } from './settings.ts';

export interface BestValue {
  readonly id: string;
  readonly ruleId: string;
  readonly productId: number;
  readonly covers: Coverage;
  /** Those it may buy afterwards: a period and a price each. */
  readonly passes: readonly Bought[];
}

export interface Bought {
  readonly ruleId: string;
  readonly period: Period;
  readonly amountMinor: MinorUnits;
}

export function compileBestValue(
  settings: TariffSettings,
  names: Names,
  passes: readonly Pass[],
): BestValue[] {
  return settings.bestValue.map(rule => ({
    id: rule.id,
    ruleId: `best-value:${rule.id}`,
    productId: rule.product,
    covers: compileCoverage(rule.covers, names),
    passes: passes.flatMap(({ id, ruleId, period, amountMinor }) =>
      rule.passes.includes(id) && period !== undefined && amountMinor !== undefined
        ? [{ ruleId, period, amountMinor }]
        : [],
    ),
  }));
}
