/** Leg rules that stand twice: as they are, in two groups, or at two priorities. */
import type { FareTable, ItineraryLegRuleRow } from '../../tariff/tables.ts';
import type { Findings } from './findings.ts';
import { grouped } from './grouped.ts';

export function checkRepeated(table: FareTable<ItineraryLegRuleRow>, findings: Findings): void {
  for (const rows of grouped(table.rows, ruleOf).values()) {
    const [first, ...others] = rows;
    if (first === undefined) continue;
    for (const row of others) {
      const what = `the same rule as line ${first.line}${asWhat(row, first)}`;
      findings.warn(table, row, columnOf(row, first), { what, expected: 'each rule once' });
    }
  }
}

/** 'The same entry (not including leg_group_id) must not belong to multiple leg_group_id' (GTFS reference). */
function ruleOf({
  line: _line,
  leg_group_id: _group,
  rule_priority: _priority,
  ...rule
}: ItineraryLegRuleRow): string {
  return JSON.stringify(rule);
}

function asWhat(row: ItineraryLegRuleRow, first: ItineraryLegRuleRow): string {
  if ((row.rule_priority ?? 0) !== (first.rule_priority ?? 0))
    return ', at another priority: the lower never counts';
  if (row.leg_group_id === first.leg_group_id) return '';
  return `, in another group: '${row.leg_group_id ?? ''}' and '${first.leg_group_id ?? ''}'`;
}

function columnOf(row: ItineraryLegRuleRow, first: ItineraryLegRuleRow) {
  return row.leg_group_id === first.leg_group_id ? 'fare_product_id' : 'leg_group_id';
}
