/**
 * Rounding by journey or by day (RECORDS.md 5, `rounding.stage`): lines are exact to the minor unit, and what the sum so
 * far comes to is rounded; each ride is charged what it adds to that.
 */
import { roundFraction } from '../money.ts';
import { type Bill, owedExactly } from './bill.ts';
import type { ExactSum } from './rider.ts';
import { inWords } from './trace.ts';

/** A rider has no more journeys than that to go on with. */
const KEPT = 4;

export function roundSum(bill: Bill): void {
  const { sumRounding } = bill.tariff;
  if (sumRounding === undefined) return;
  const of = sumRounding.stage === 'day' ? String(bill.day) : (bill.journeyRef ?? bill.ref);
  const before = bill.before.sums.find(sum => sum.of === of)?.exactMinor ?? 0;
  const amount = owedExactly(bill);
  const rounded = (exact: number) => roundFraction(exact, 1, sumRounding.rounding);
  const due = rounded(before + amount) - rounded(before);
  const sum: ExactSum = { of, exactMinor: before + amount };
  bill.sums = [...bill.before.sums.filter(known => known.of !== of), sum].slice(-KEPT);
  if (due === amount) return;
  const said = (minor: number) => inWords(bill.tariff, minor);
  bill.trace?.applied(
    'rounding',
    `${said(before + amount)} in this ${sumRounding.stage}: ${said(due)} instead of ${said(amount)}`,
  );
  bill.dueMinor += due - amount;
  bill.ruleIds = [...bill.ruleIds, 'rounding'];
}
