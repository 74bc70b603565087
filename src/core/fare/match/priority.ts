/**
 * `rule_priority`: 'When multiple entries match, the rule or set of rules with the highest value will be selected. An
 * empty value is treated as zero' (GTFS reference, fare_leg_rules.txt).
 */
import type { ItineraryTables } from '../../tariff/tables.ts';

/**
 * 'If the rule_priority field exists': the column changes what every empty field means, be it filled or not.
 */
export function hasPriority({ fareLegRules }: Pick<ItineraryTables, 'fareLegRules'>): boolean {
  return fareLegRules.columns.has('rule_priority');
}

/** Those of the highest priority; without the column all of them are equal. */
export function highest<Rule extends { readonly priority: number }>(rules: readonly Rule[]): readonly Rule[] {
  let most = 0;
  for (const { priority } of rules) if (priority > most) most = priority;
  return rules.every(({ priority }) => priority === most)
    ? rules
    : rules.filter(rule => rule.priority === most);
}

/**
 * 'An empty entry corresponds to all … excluding the ones listed' in that field: one of a leg's names that is not listed
 * is enough, whatever else it has, and a leg without any name is in none that is listed. With priorities, 'does not
 * affect the matching of this rule'.
 */
export function passesEmpty<Name>(
  names: readonly Name[],
  isListed: (name: Name) => boolean,
  withPriority: boolean,
): boolean {
  return withPriority || names.length === 0 || names.some(name => !isListed(name));
}
