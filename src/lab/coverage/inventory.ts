/** Everything of a tariff that a scenario may touch: its rules, what it sells, and both sides of its limits. */
import type { RuleSource, Tariff } from '../../core/tariff/tariff.ts';
import type { Tariffs } from '../../core/tariff/versions.ts';
import { type Boundary, boundariesOf } from './boundary.ts';
import { type MomentBoundary, momentBoundariesOf } from './moment.ts';

export interface Inventory {
  /** By id. */
  readonly rules: ReadonlyMap<string, RuleSource>;
  readonly products: ReadonlyMap<number, Sold>;
  readonly boundaries: readonly Boundary[];
  readonly moments: readonly MomentBoundary[];
}

export interface Sold {
  readonly name: string;
  readonly at: string;
}

export function inventoryOf(tariffs: Tariffs): Inventory {
  const [tariff] = tariffs;
  return {
    rules: new Map(Object.entries(tariff.rules).filter(([ruleId]) => decides(ruleId, tariff))),
    products: new Map(
      Object.entries(tariff.productNames).map(([id, { en }]) => [
        Number(id),
        { name: en, at: tariff.rules[`product:${id}`]?.at ?? '' },
      ]),
    ),
    boundaries: boundariesOf(tariff),
    moments: momentBoundariesOf(tariffs),
  };
}

/** What a rule of that kind never does to the fare of a ride, or what is counted in another way. */
const ELSEWHERE: Readonly<Record<string, (tariff: Tariff) => boolean>> = {
  product: () => false,
  medium: () => false,
  apportionment: () => false,
  rounding: ({ sumRounding }) => sumRounding !== undefined,
};

function decides(ruleId: string, tariff: Tariff): boolean {
  const [kind = ''] = ruleId.split(':');
  return ELSEWHERE[kind]?.(tariff) ?? true;
}
