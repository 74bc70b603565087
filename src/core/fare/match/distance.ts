/**
 * Distance-based leg rules, a draft (google/transit#556): `min_distance_units` is in, `max_distance_units` is out, and
 * the distance of joined legs is their sum. Only fare distance units count, never the length of a shape.
 */
import type { ItineraryLegRuleRow, ItineraryTables } from '../../tariff/tables.ts';
import type { Condition } from './condition.ts';
import type { Findings } from './findings.ts';

export function isDistanceBased(row: ItineraryLegRuleRow): boolean {
  return row.min_distance_units !== undefined || row.max_distance_units !== undefined;
}

/** A leg of unknown distance matches no interval. */
export function withinDistance(
  row: ItineraryLegRuleRow,
  { fareLegRules }: ItineraryTables,
  findings: Findings,
): readonly Condition[] {
  if (!isDistanceBased(row)) return [];
  const { min_distance_units: min = 0, max_distance_units: max = Number.POSITIVE_INFINITY } = row;
  if (min >= max) {
    const what = `max_distance_units ${max} is not above min_distance_units`;
    findings.wrong(fareLegRules, row, 'max_distance_units', { what, expected: `more than ${min}` });
  }
  return [({ distance }) => distance !== undefined && distance >= min && distance < max];
}
