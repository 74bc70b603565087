/** How taps become journeys in each network: compiled `networks`. */
import type { MinorUnits } from '../money.ts';
import type { Names } from './names.ts';
import type { TariffSettings } from './settings.ts';

export interface NetworkRules {
  readonly taps: 'entry-only' | 'entry-exit';
  /** Where a ride without an exit is taken to end. */
  readonly estimate: 'none' | 'end-of-line' | 'chosen';
  readonly deposit?: Sold;
  readonly incomplete?: Incomplete;
  readonly autoCompletion?: {
    readonly perMonth: number;
    readonly afterSame: number;
    readonly productId: number;
  };
  readonly sameStop: readonly SameStopStep[];
  readonly maximumTime: readonly MaximumTime[];
  readonly linking?: Linking;
}

/** A named product of the tables at a price that is the same for everybody. */
export interface Sold {
  readonly productId: number;
  readonly amountMinor: MinorUnits;
  readonly ruleId: string;
}

export interface Incomplete {
  readonly otherwise: Sold;
  /** By the zone of the end that is known; null: as `otherwise`. */
  readonly byZone: readonly (Sold | null)[];
  readonly countsTowardsCaps: boolean;
}

export interface SameStopStep {
  /** Absent: any longer time. */
  readonly upToMs?: number;
  readonly inclusive: boolean;
  /** Absent: nothing is paid. */
  readonly price?: Sold;
}

export interface MaximumTime {
  /** Zones apart, both ends counted; absent: any. */
  readonly zones?: number;
  readonly bands?: readonly boolean[];
  readonly atMostMs: number;
  readonly inclusive: boolean;
}

export interface Linking {
  readonly withinMs: number;
  readonly inclusive: boolean;
  /** The group of stops that a stop belongs to; one that is not here is its own. */
  readonly groupOfStop: Readonly<Record<string, number>>;
}

const ENTRY_ONLY: NetworkRules = { taps: 'entry-only', estimate: 'none', sameStop: [], maximumTime: [] };

/** What one of the tables' products costs everybody; checked beforehand. */
export type PriceOf = (fareProduct: string) => MinorUnits;

export function compileNetworks(settings: TariffSettings, names: Names, priceOf: PriceOf): NetworkRules[] {
  return names.networks.map(name => {
    const rule = settings.networks[name];
    return rule === undefined ? ENTRY_ONLY : compileNetwork(name, rule, names, priceOf);
  });
}

type Rule = TariffSettings['networks'][string];

function compileNetwork(name: string, rule: Rule, names: Names, priceOf: PriceOf): NetworkRules {
  const { deposit, incomplete, autoCompletion, linking } = rule;
  const sold = (what: string, fareProduct: string, productId: number): Sold => ({
    productId,
    amountMinor: priceOf(fareProduct),
    ruleId: `${what}:${name}`,
  });
  return {
    taps: rule.taps,
    estimate: rule.estimate,
    ...(deposit === undefined ? {} : { deposit: sold('deposit', deposit.fareProduct, deposit.product) }),
    ...(incomplete === undefined ? {} : { incomplete: compileIncomplete(incomplete, names, sold) }),
    ...(autoCompletion === undefined
      ? {}
      : {
          autoCompletion: {
            perMonth: autoCompletion.perMonth,
            afterSame: autoCompletion.afterSame,
            productId: autoCompletion.product,
          },
        }),
    sameStop: (rule.sameStop ?? []).map(({ upTo, inclusive, price, product }) => ({
      inclusive,
      ...(upTo === undefined ? {} : { upToMs: upTo }),
      ...(price === 'free' ? {} : { price: sold('same-stop', price.fareProduct, product ?? 0) }),
    })),
    maximumTime: (rule.maximumTime ?? []).map(({ zones, timeframes, atMost, inclusive }) => ({
      atMostMs: atMost,
      inclusive,
      ...(zones === undefined ? {} : { zones }),
      ...(timeframes === undefined
        ? {}
        : { bands: names.bands.map(band => band.some(group => timeframes.includes(group))) }),
    })),
    ...(linking === undefined ? {} : { linking: compileLinking(linking) }),
  };
}

function compileIncomplete(
  rule: NonNullable<Rule['incomplete']>,
  names: Names,
  sold: (what: string, fareProduct: string, productId: number) => Sold,
): Incomplete {
  const of = (fareProduct: string) => sold('incomplete', fareProduct, rule.product);
  return {
    otherwise: of(rule.fareProduct),
    byZone: names.zones.map(areas => {
      const named = areas.map(area => rule.areas?.[area]).find(product => product !== undefined);
      return named === undefined ? null : of(named);
    }),
    countsTowardsCaps: rule.countsTowardsCaps,
  };
}

function compileLinking({ within, inclusive, stops }: NonNullable<Rule['linking']>): Linking {
  const groupOfStop: Record<string, number> = {};
  for (const [group, members] of stops.entries()) for (const stop of members) groupOfStop[stop] = group;
  return { withinMs: within, inclusive, groupOfStop };
}
