/**
 * fare_transfer_rules.txt, compiled: which rules a transfer from one leg group to another matches. 'A fare transfer rule
 * defined from from_leg_group_id to to_leg_group_id does not apply in the reverse direction.'
 */
import type { FareTransferRuleRow, ItineraryTables } from '../../tariff/tables.ts';
import type { Findings } from '../match/findings.ts';
import { grouped } from '../match/grouped.ts';
import { type Names, NONE } from '../match/names.ts';
import { checkRepeated } from './check-transfer-rules.ts';
import { compileLimit, type InTime } from './duration.ts';
import type { Option } from './offer.ts';

export interface TransferRule {
  readonly row: FareTransferRuleRow;
  /** Rules of one key match the same pairs of groups: transfers by them in a row are counted together. */
  readonly key: number;
  readonly inTime: InTime;
  /** How many transfers in a row it covers. */
  readonly count: number;
  /** A + AB, A + AB + B, AB. */
  readonly type: 0 | 1 | 2;
  /** `NONE`: 'If empty, the cost of the transfer rule is 0.' */
  readonly product: number;
  readonly nonconsecutive: boolean;
  /** Of a draft (google/transit#423): what the products of both legs must be. */
  readonly fits: (from: Option, to: Option) => boolean;
}

export interface Transfers {
  /** All rules for such a pair of leg groups, whatever the time and the count. */
  readonly between: (from: number, to: number) => readonly TransferRule[];
  /** Some rule has a price of its own. */
  readonly arePriced: boolean;
  readonly byProduct: boolean;
  readonly nonconsecutive: boolean;
  /** The greatest count that is a number: beyond it all counts are alike. */
  readonly mostCounted: number;
  /** May a transfer from or to the group match some rule? */
  readonly concerns: (group: number) => boolean;
}

const NO_RULES: readonly TransferRule[] = [];

export function compileTransfers(
  tables: ItineraryTables,
  groups: Names,
  products: Names,
  findings: Findings,
): Transfers {
  const { fareTransferRules: table } = tables;
  checkRepeated(table, findings);
  const size = groups.all.length + 1;
  const keyOf = (from: number, to: number) => (from + 1) * size + to + 1;
  const rules = table.rows.map((row): TransferRule => {
    const group = (column: 'from_leg_group_id' | 'to_leg_group_id') => {
      const found = groups.of(row[column]);
      if (row[column] !== undefined && found === NONE) findings.unknown(table, row, column, groups.all);
      return found;
    };
    const product = (column: 'fare_product_id' | 'filter_fare_product_id') => {
      const found = products.of(row[column]);
      if (row[column] !== undefined && found === NONE) findings.unknown(table, row, column, products.all);
      return found;
    };
    return {
      row,
      key: keyOf(group('from_leg_group_id'), group('to_leg_group_id')),
      inTime: compileLimit(table, row, findings),
      count: countOf(row, tables, findings),
      type: row.fare_transfer_type,
      product: product('fare_product_id'),
      nonconsecutive: row.nonconsecutive_transfer_allowed === 1 || row.nonconsecutive_transfers_allowed === 1,
      fits: fitting(product('filter_fare_product_id'), row.fare_product_behavior === 1),
    };
  });
  const byKey = grouped(rules, ({ key }) => key);
  const listedFrom = listed(
    table.rows.map(row => groups.of(row.from_leg_group_id)),
    groups,
  );
  const listedTo = listed(
    table.rows.map(row => groups.of(row.to_leg_group_id)),
    groups,
  );
  const fromAny = table.rows.some(row => row.from_leg_group_id === undefined);
  const toAny = table.rows.some(row => row.to_leg_group_id === undefined);
  return {
    /**
     * 'An empty entry corresponds to all leg groups excluding the ones listed under' the same field: so that a pair has
     * exactly one place where its rules can stand. A leg rule in no group has no transfers.
     */
    between: (from, to) => {
      if (from === NONE || to === NONE) return NO_RULES;
      return (
        byKey.get(keyOf(listedFrom[from] === 1 ? from : NONE, listedTo[to] === 1 ? to : NONE)) ?? NO_RULES
      );
    },
    arePriced: rules.some(({ product }) => product !== NONE),
    byProduct: table.rows.some(
      row => row.filter_fare_product_id !== undefined || row.fare_product_behavior === 1,
    ),
    nonconsecutive: rules.some(rule => rule.nonconsecutive),
    mostCounted: rules.reduce(
      (most, { count }) => (Number.isFinite(count) ? Math.max(most, count) : most),
      0,
    ),
    concerns: group =>
      group !== NONE && (fromAny || toAny || listedFrom[group] === 1 || listedTo[group] === 1),
  };
}

function listed(used: readonly number[], groups: Names): Uint8Array {
  const marks = new Uint8Array(groups.all.length);
  for (const group of used) if (group !== NONE) marks[group] = 1;
  return marks;
}

/**
 * 'Required if from_leg_group_id equals to_leg_group_id, forbidden if it does not', where one transfer is all there is.
 */
function countOf(
  row: FareTransferRuleRow,
  { fareTransferRules: table }: ItineraryTables,
  findings: Findings,
): number {
  const { transfer_count: count, from_leg_group_id: from, to_leg_group_id: to } = row;
  const expected = '-1 for no limit, or a number from 1';
  if (count !== undefined && (count === 0 || count < -1))
    findings.wrong(table, row, 'transfer_count', { what: `transfer_count is ${count}`, expected });
  if (from !== to) {
    if (count !== undefined)
      findings.warn(table, row, 'transfer_count', {
        what: 'transfer_count means nothing between two groups',
      });
    return Number.POSITIVE_INFINITY;
  }
  if (count === undefined && from !== undefined)
    findings.wrong(table, row, 'transfer_count', {
      what: 'transfer_count is empty within one group',
      expected,
    });
  if (count === undefined && from === undefined)
    findings.warn(table, row, 'transfer_count', { what: 'transfer_count is empty: no limit' });
  return count === undefined || count === -1 ? Number.POSITIVE_INFINITY : count;
}

function fitting(product: number, same: boolean): TransferRule['fits'] {
  return (from, to) =>
    (product === NONE || from.product === product) && (!same || from.product === to.product);
}
