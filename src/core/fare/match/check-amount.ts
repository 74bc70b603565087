/** What a product costs, as its currency writes it. */
import { formatAmount, type MinorUnits, MOST_MINOR, parseAmount } from '../../money.ts';
import type { FareProductRow, FareTable } from '../../tariff/tables.ts';
import type { Findings } from './findings.ts';

/** Undefined, with a problem, where it is none: 'the number of decimals is that of the currency' (GTFS reference). */
export function checkedAmount(
  table: FareTable<FareProductRow>,
  row: FareProductRow,
  findings: Findings,
): MinorUnits | undefined {
  const { amount, currency } = row;
  const parsed = parseAmount(amount, currency);
  if (parsed === undefined) {
    const expected = `an amount in ${currency}, exact to its minor unit`;
    findings.wrong(table, row, 'amount', { what: `amount '${amount}'`, expected });
    return undefined;
  }
  if (Math.abs(parsed) > MOST_MINOR) {
    const expected = `at most ${formatAmount(MOST_MINOR, currency)}`;
    findings.wrong(table, row, 'amount', { what: `amount '${amount}'`, expected });
    return undefined;
  }
  const written = formatAmount(parsed, currency);
  if (amount !== written) {
    const expected = `'${written}', with the decimals of ${currency}`;
    findings.warn(table, row, 'amount', { what: `amount '${amount}'`, expected, kind: 'decimals' });
  }
  return parsed;
}
