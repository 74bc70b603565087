/** Transfer rules that stand twice, or that say two things of one transfer. */
import type { FareTable, FareTransferRuleRow } from '../../tariff/tables.ts';
import type { Findings } from '../match/findings.ts';
import { grouped } from '../match/grouped.ts';

export function checkRepeated(table: FareTable<FareTransferRuleRow>, findings: Findings): void {
  for (const [first, ...others] of grouped(table.rows, transferOf).values()) {
    if (first === undefined) continue;
    for (const row of others) {
      const column = SAID.find(name => row[name] !== first[name]);
      if (column === undefined) {
        const what = `the same rule as line ${first.line}`;
        findings.warn(table, row, 'fare_transfer_type', { what, expected: 'each rule once' });
      } else {
        const what = `line ${first.line} says of the same transfer that its ${column} is ${first[column] ?? 'empty'}`;
        findings.warn(table, row, column, { what, expected: 'one rule a transfer: the cheaper is charged' });
      }
    }
  }
}

/** What the reference's primary key leaves out: rules that differ in it alone contradict each other, and both fit. */
const SAID = ['fare_transfer_type', 'duration_limit_type'] as const;

function transferOf({
  line: _line,
  fare_transfer_type: _type,
  duration_limit_type: _limitType,
  ...transfer
}: FareTransferRuleRow): string {
  return JSON.stringify(transfer);
}
