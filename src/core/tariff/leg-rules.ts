/** Which leg rules a ride matches, said in sets of names (GTFS reference, fare_leg_rules.txt). */
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
  readonly matching: (ends: LegEnds) => readonly ItineraryLegRuleRow[];
  readonly networks: readonly string[];
}

export function compileLegRules({ fareLegRules }: TariffTables): LegRules {
  const { rows, columns } = fareLegRules;
  const listed = (field: Field) => new Set(rows.flatMap(row => row[field] ?? []));
  const lists = {
    network_id: listed('network_id'),
    from_area_id: listed('from_area_id'),
    to_area_id: listed('to_area_id'),
  };
  // With the column, 'an empty field does not affect the matching'; without it, empty is what no rule lists.
  const priority = columns.has('rule_priority');
  const lets = (row: ItineraryLegRuleRow, field: keyof typeof lists, names: readonly string[]): boolean => {
    const asked = row[field];
    if (asked !== undefined) return names.includes(asked);
    return priority || names.length === 0 || names.some(name => !lists[field].has(name));
  };
  const during = (group: string | undefined, groups: readonly string[]) =>
    group === undefined || groups.includes(group);
  return {
    networks: [...lists.network_id],
    matching: ({ network, from, to, entered, left }) =>
      highest(
        rows.filter(
          row =>
            lets(row, 'network_id', network === '' ? [] : [network]) &&
            lets(row, 'from_area_id', from) &&
            lets(row, 'to_area_id', to) &&
            during(row.from_timeframe_group_id, entered) &&
            during(row.to_timeframe_group_id, left),
        ),
      ),
  };
}

/** 'The rule or set of rules with the highest value will be selected. An empty value is treated as zero.' */
function highest(rows: readonly ItineraryLegRuleRow[]): readonly ItineraryLegRuleRow[] {
  const most = Math.max(...rows.map(row => row.rule_priority ?? 0));
  return rows.filter(row => (row.rule_priority ?? 0) === most);
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
