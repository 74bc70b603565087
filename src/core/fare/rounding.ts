/**
 * Rounding by journey or by day (RECORDS.md 5, `rounding.stage`): lines are exact to the minor unit, and what the sum so
 * far comes to is rounded; each ride is charged what it adds to that.
 */
import { type Rounding, roundFraction } from '../money.ts';
import type { SumRounding, Tariff } from '../tariff/tariff.ts';
import { addRule, type Bill, owedExactly } from './bill.ts';
import type { ExactSum, PricedPart, RiderState } from './rider.ts';
import { inWords } from './trace.ts';

/** A rider has no more journeys than that to go on with. */
const KEPT = 4;

export function roundSum(bill: Bill, sumRounding: SumRounding): void {
  const of = sumRounding.stage === 'day' ? String(bill.day) : (bill.journeyRef ?? bill.ref);
  const known = bill.before.sums.find(sum => sum.of === of);
  const before = known?.exactMinor ?? 0;
  const amount = owedExactly(bill);
  const due =
    roundFraction(before + amount, 1, sumRounding.rounding) - chargedOf(known, sumRounding.rounding);
  const sum: ExactSum = { of, exactMinor: before + amount };
  bill.after.sums = [...bill.before.sums.filter(known => known.of !== of), sum].slice(-KEPT);
  if (due === amount) return;
  const said = (minor: number) => inWords(bill.tariff, minor);
  bill.trace?.applied(
    'rounding',
    `${said(before + amount)} in this ${sumRounding.stage}: ${said(due)} instead of ${said(amount)}`,
  );
  bill.dueMinor += due - amount;
  addRule(bill, 'rounding');
}

function chargedOf(sum: ExactSum | undefined, rounding: Rounding): number {
  if (sum === undefined) return 0;
  return sum.chargedMinor ?? roundFraction(sum.exactMinor, 1, rounding);
}

/** What a bill that is rounded has added to its sum. */
export function addedSum(bill: Bill): PricedPart['sum'] {
  const { before } = bill;
  const { sums } = bill.after;
  const newest = sums.at(-1);
  if (sums === before.sums || newest === undefined) return undefined;
  const { of, exactMinor } = newest;
  const known = before.sums.find(sum => sum.of === of);
  return { of, exactMinor: exactMinor - (known?.exactMinor ?? 0), chargedMinor: owedExactly(bill) };
}

/** The sums as if that had not been added; what others were charged in between stands. */
export function withoutAdded(
  { sumRounding }: Tariff,
  sums: RiderState['sums'],
  added: PricedPart['sum'],
): RiderState['sums'] {
  if (sumRounding === undefined || added === undefined) return sums;
  return sums.map(sum => {
    if (sum.of !== added.of) return sum;
    const chargedMinor = chargedOf(sum, sumRounding.rounding) - added.chargedMinor;
    return { of: sum.of, exactMinor: sum.exactMinor - added.exactMinor, chargedMinor };
  });
}
