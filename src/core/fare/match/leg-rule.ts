/** The rows of fare_leg_rules.txt, compiled: every name a number, every name checked. */
import type { ItineraryLegRuleRow, ItineraryTables } from '../../tariff/tables.ts';
import type { Areas } from './area.ts';
import { type AreaSets, compileAreaSets, throughAreas } from './area-set.ts';
import { checkRepeated } from './check-leg-rules.ts';
import type { Condition } from './condition.ts';
import { withinDistance } from './distance.ts';
import type { Findings } from './findings.ts';
import { Names, NONE } from './names.ts';
import type { Networks } from './network.ts';
import type { Timeframes } from './timeframe.ts';

/** The names in it are numbers of `Networks`, `Areas`, `Timeframes`; `NONE` is an empty field. */
export interface LegRule {
  readonly row: ItineraryLegRuleRow;
  /** Its place among the rules, from 0. */
  readonly index: number;
  readonly network: number;
  readonly from: number;
  readonly to: number;
  readonly fromTimeframe: number;
  readonly toTimeframe: number;
  readonly priority: number;
  /** Of `LegRules.groups`; `NONE` without: then no transfer rule can name it. */
  readonly group: number;
  readonly conditions: readonly Condition[];
}

export interface LegRules {
  readonly all: readonly LegRule[];
  readonly groups: Names;
}

interface Fields {
  readonly networks: Networks;
  readonly areas: Areas;
  readonly timeframes: Timeframes;
}

export function compileLegRules(tables: ItineraryTables, fields: Fields, findings: Findings): LegRules {
  const { networks, areas, timeframes } = fields;
  const table = tables.fareLegRules;
  const groups = new Names();
  checkRepeated(table, findings);
  const areaSets = compileAreaSets(tables, areas, findings);
  const all = table.rows.map((row, index): LegRule => {
    const number = (column: NamedColumn, names: Names, severity: 'error' | 'warning' = 'error') => {
      const found = names.of(row[column]);
      if (found === NONE && row[column] !== undefined)
        findings.unknown(table, row, column, names.all, severity);
      return found;
    };
    // A timeframe without rows never holds, whatever was meant; real feeds leave one out when its day is over.
    const timeframe = (column: 'from_timeframe_group_id' | 'to_timeframe_group_id') => {
      const found = number(column, timeframes.names, 'warning');
      return found === NONE && row[column] !== undefined ? NEVER : found;
    };
    return {
      row,
      index,
      network: number('network_id', networks.names),
      from: number('from_area_id', areas.names),
      to: number('to_area_id', areas.names),
      fromTimeframe: timeframe('from_timeframe_group_id'),
      toTimeframe: timeframe('to_timeframe_group_id'),
      priority: row.rule_priority ?? 0,
      group: row.leg_group_id === undefined ? NONE : groups.add(row.leg_group_id),
      conditions: conditionsOf(row, areaSets, areas, tables, findings),
    };
  });
  return { all, groups };
}

type NamedColumn =
  | 'network_id'
  | 'from_area_id'
  | 'to_area_id'
  | 'from_timeframe_group_id'
  | 'to_timeframe_group_id';

/** The group of a timeframe that never holds: among no set. */
const NEVER = -2;

function conditionsOf(
  row: ItineraryLegRuleRow,
  sets: AreaSets,
  areas: Areas,
  tables: ItineraryTables,
  findings: Findings,
): readonly Condition[] {
  const asked = [
    ...withinDistance(row, tables, findings),
    ...throughAreas(row, sets, areas, tables, findings),
  ];
  return asked.length === 0 ? UNCONDITIONAL : asked;
}

const UNCONDITIONAL: readonly Condition[] = [];
