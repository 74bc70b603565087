/**
 * Which leg rules a ride matches, said in sets of names (GTFS reference, fare_leg_rules.txt). What an empty field and a
 * priority mean is said once, in `fare/match/priority.ts`; here every kind of ride is asked once, when a tariff is compiled.
 */
import { hasPriority, highest, passesEmpty } from '../fare/match/priority.ts';
import type { ItineraryLegRuleRow, TariffTables } from './tables.ts';

export interface LegEnds {
  /** '' is a network that no rule names. */
  readonly network: string;
  readonly from: readonly string[];
  readonly to: readonly string[];
  /** Timeframe groups that hold at the entry and at the exit. */
  readonly entered: readonly string[];
  readonly left: readonly string[];
}

type Field =
  | 'network_id'
  | 'from_area_id'
  | 'to_area_id'
  | 'from_timeframe_group_id'
  | 'to_timeframe_group_id';

export interface LegRules {
  /** Those that fit, of the highest priority; the others fit and are overruled. */
  readonly matching: (ends: LegEnds) => Matched;
  readonly networks: readonly string[];
}

export interface Matched {
  readonly rules: readonly ItineraryLegRuleRow[];
  readonly overruled: readonly ItineraryLegRuleRow[];
}

interface Ranked {
  readonly row: ItineraryLegRuleRow;
  readonly priority: number;
}

export function compileLegRules({ fareLegRules }: Pick<TariffTables, 'fareLegRules'>): LegRules {
  const ranked = fareLegRules.rows.map((row): Ranked => ({ row, priority: row.rule_priority ?? 0 }));
  const listed = (field: Field) => new Set(ranked.flatMap(({ row }) => row[field] ?? []));
  const lists = {
    network_id: listed('network_id'),
    from_area_id: listed('from_area_id'),
    to_area_id: listed('to_area_id'),
  };
  const withPriority = hasPriority({ fareLegRules });
  const lets = (row: ItineraryLegRuleRow, field: keyof typeof lists, names: readonly string[]): boolean => {
    const asked = row[field];
    return asked === undefined
      ? passesEmpty(names, name => lists[field].has(name), withPriority)
      : names.includes(asked);
  };
  const during = (group: string | undefined, groups: readonly string[]) =>
    group === undefined || groups.includes(group);
  return {
    networks: [...lists.network_id],
    matching: ({ network, from, to, entered, left }) => {
      const fitting = ranked.filter(
        ({ row }) =>
          lets(row, 'network_id', network === '' ? [] : [network]) &&
          lets(row, 'from_area_id', from) &&
          lets(row, 'to_area_id', to) &&
          during(row.from_timeframe_group_id, entered) &&
          during(row.to_timeframe_group_id, left),
      );
      const winning = highest(fitting);
      return {
        rules: winning.map(({ row }) => row),
        overruled: fitting.filter(rule => !winning.includes(rule)).map(({ row }) => row),
      };
    },
  };
}

/** By what the rule says and not by where it stands: a record names it for ever, a row inserted above must not rename it. */
export function ruleIdOf(row: ItineraryLegRuleRow): string {
  const { leg_group_id = '', network_id = '', fare_product_id, from_area_id, to_area_id } = row;
  const area =
    from_area_id === undefined && to_area_id === undefined
      ? ''
      : `:${from_area_id ?? ''}>${to_area_id ?? ''}`;
  const times = [row.from_timeframe_group_id, row.to_timeframe_group_id].filter(group => group !== undefined);
  return `leg:${leg_group_id}:${network_id}:${fare_product_id}${area}${times.map(group => `@${group}`).join('')}`;
}
