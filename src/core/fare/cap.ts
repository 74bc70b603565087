/**
 * Caps (FARES.md 3): no more than so much, or so many rides, in a stretch of charging days. Of several at once the
 * rider gets the best: no ride costs more than the least that any cap covering it leaves.
 */
import { type MinorUnits, percentOf, type Rounding } from '../money.ts';
import type { Cap } from '../tariff/caps.ts';
import { coversRide } from '../tariff/covers.ts';
import { dayOfDate, type ServiceDate } from '../time.ts';
import { type Bill, reduce } from './bill.ts';
import { periodEnd, periodStart } from './period.ts';
import type { CapCount, PassUse } from './rider.ts';
import type { Trace } from './trace.ts';

/** After transfers: what a transfer takes off fills no cap. */
export function applyCaps(bill: Bill): void {
  const { caps } = bill.tariff;
  if (caps.length === 0 || !bill.counts || (bill.group === 'further' && !countsGroups(caps))) return;
  const priceMinor = bill.dueMinor;
  let least = priceMinor;
  let by: Cap | undefined;
  for (const cap of caps) {
    if (!covers(cap, bill)) continue;
    const counted = countedIn(cap, bill);
    const due = dueUnder(cap, counted, priceMinor, bill.tariff.rounding);
    bill.trace?.compared(cap.ruleId, 'limit', counted + (cap.limit.kind === 'rides' ? 1 : priceMinor));
    if (due < least) [least, by] = [due, cap];
    else bill.trace?.passed(cap.ruleId, 'its limit is not reached');
  }
  if (by !== undefined) {
    bill.trace?.applied(by.ruleId, `${least} of ${priceMinor} is left to pay`);
    reduce(bill, least, { productId: by.productId, ruleId: by.ruleId, reason: 'capped' });
  }
  bill.caps = countedAfter(bill, priceMinor);
}

function countsGroups(caps: readonly Cap[]): boolean {
  return caps.some(cap => cap.groupCounts);
}

function covers(cap: Cap, bill: Bill): boolean {
  return (bill.group !== 'further' || cap.groupCounts) && coversRide(cap.covers, bill);
}

/** What was counted in the period that the ride lies in. */
function countedIn(cap: Cap, bill: Bill): number {
  const count = find(bill.before.caps, cap.id);
  if (count === undefined) return 0;
  return count.from === periodStart(cap.period, bill.tariff, bill.day, count.from) ? count.counted : 0;
}

function find(counts: readonly CapCount[], cap: string): CapCount | undefined {
  for (const count of counts) if (count.cap === cap) return count;
  return undefined;
}

function dueUnder(cap: Cap, counted: number, priceMinor: number, rounding: Rounding): number {
  const { limit } = cap;
  if (limit.kind === 'rides') return counted < limit.rides ? priceMinor : beyond(cap, priceMinor, rounding);
  const left = Math.max(0, limit.amountMinor - counted);
  return priceMinor <= left ? priceMinor : left + beyond(cap, priceMinor - left, rounding);
}

/** The share of what lies beyond the limit that is still paid. */
function beyond({ beyondHundredths }: Cap, priceMinor: number, rounding: Rounding): number {
  if (beyondHundredths === 0) return 0;
  return Math.min(priceMinor, percentOf(priceMinor as MinorUnits, beyondHundredths, rounding));
}

function countedAfter(bill: Bill, priceMinor: number): readonly CapCount[] {
  const after: CapCount[] = [];
  for (const cap of bill.tariff.caps) {
    const standing = find(bill.before.caps, cap.id);
    const more = covers(cap, bill) ? increment(cap, bill, priceMinor) : 0;
    if (more === 0) {
      if (standing !== undefined) after.push(standing);
      continue;
    }
    const from = periodStart(cap.period, bill.tariff, bill.day, standing?.from);
    if (standing !== undefined && bill.trace !== undefined)
      tellPeriod(bill.trace, cap, standing.from, bill.day);
    const before = standing?.from === from ? standing.counted : 0;
    // A ride that came late into a period that is over fills nothing of the one that runs.
    if (standing !== undefined && from < standing.from) {
      after.push(standing);
      continue;
    }
    const counted = Math.max(0, before + more);
    after.push({ cap: cap.id, from, counted });
    if (cap.gives !== undefined && isFull(cap, counted)) givePass(bill, cap, cap.gives, from);
  }
  return after;
}

/** Days beyond the last one of the period that was counted in. */
function tellPeriod(trace: Trace, { ruleId, period }: Cap, began: ServiceDate, day: ServiceDate): void {
  trace.compared(ruleId, 'period', dayOfDate(day) - dayOfDate(periodEnd(period, began)));
}

/** Minor units or rides, as the limit is. A journey that is gone on with is no further ride. */
function increment({ limit, counts, freeRidesCount }: Cap, bill: Bill, priceMinor: number): number {
  const countedMinor = counts === 'paid' ? bill.dueMinor : priceMinor;
  if (limit.kind === 'amount') return countedMinor;
  return !bill.isContinued && (countedMinor > 0 || freeRidesCount) ? 1 : 0;
}

function isFull({ limit }: Cap, counted: number): boolean {
  return counted >= (limit.kind === 'rides' ? limit.rides : limit.amountMinor);
}

/** For the rest of the period. */
function givePass(bill: Bill, cap: Cap, pass: number, from: ServiceDate): void {
  const id = bill.tariff.passes[pass]?.id;
  if (id === undefined || bill.passes.some(use => use.pass === id && use.from === from)) return;
  const given: PassUse = { pass: id, from, to: periodEnd(cap.period, from), rides: 0 };
  bill.passes = [...bill.passes, given];
}
