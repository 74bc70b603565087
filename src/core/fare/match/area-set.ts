/**
 * Area sets, a draft (google/transit#483): a leg matches by the areas it travels through. A leg 'travels through an area
 * if any of the stops or parent stations of the leg; including departure, arrival, and intermediate stops' belongs to it.
 */
import type { ItineraryLegRuleRow, ItineraryTables } from '../../tariff/tables.ts';
import type { Areas } from './area.ts';
import type { Condition, Travelled } from './condition.ts';
import type { Findings } from './findings.ts';
import { NONE } from './names.ts';

export type AreaSets = ReadonlyMap<string, readonly number[]>;

export function compileAreaSets(tables: ItineraryTables, areas: Areas, findings: Findings): AreaSets {
  const sets = new Map<string, number[]>();
  for (const { area_set_id } of tables.areaSets.rows) sets.set(area_set_id, []);
  for (const row of tables.areaSetElements.rows) {
    const set = sets.get(row.area_set_id);
    const area = areas.names.of(row.area_id);
    if (set === undefined) findings.unknown(tables.areaSetElements, row, 'area_set_id', [...sets.keys()]);
    if (area === NONE) findings.unknown(tables.areaSetElements, row, 'area_id', areas.names.all);
    set?.push(area);
  }
  return sets;
}

/** The two fields of a rule; each that is filled is one condition, and both at once are forbidden. */
export function throughAreas(
  row: ItineraryLegRuleRow,
  sets: AreaSets,
  areas: Areas,
  tables: ItineraryTables,
  findings: Findings,
): readonly Condition[] {
  const { contains_area_set_id: contains, contains_exactly_area_set_id: exactly } = row;
  const { fareLegRules } = tables;
  if (contains !== undefined && exactly !== undefined) {
    const what = 'both contains_area_set_id and contains_exactly_area_set_id';
    findings.wrong(fareLegRules, row, 'contains_exactly_area_set_id', { what, expected: 'one of them' });
  }
  const named = (column: 'contains_area_set_id' | 'contains_exactly_area_set_id') => {
    const set = sets.get(row[column] ?? '');
    if (set === undefined && row[column] !== undefined)
      findings.unknown(fareLegRules, row, column, [...sets.keys()]);
    return set;
  };
  const each = named('contains_area_set_id');
  const only = named('contains_exactly_area_set_id');
  return [
    ...(each === undefined ? [] : [travelsThroughEach(each, areas)]),
    ...(only === undefined ? [] : [travelsThroughEach(only, areas), staysWithin(only, areas)]),
  ];
}

/** 'A leg must travel through each and every area of the area set.' */
function travelsThroughEach(set: readonly number[], areas: Areas): Condition {
  return ({ stops }: Travelled) =>
    set.every(area => stops.some(stop => areas.sets.has(areas.ofStop[stop] ?? 0, area)));
}

/** 'Each and every stop the leg travels through must belong to at least one area in the area set.' */
function staysWithin(set: readonly number[], areas: Areas): Condition {
  return ({ stops }: Travelled) =>
    stops.every(stop => set.some(area => areas.sets.has(areas.ofStop[stop] ?? 0, area)));
}
