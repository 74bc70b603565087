/**
 * Caps (FARES.md 3): no more than so much, so many rides or journeys, in a stretch of charging days. Of several at once
 * the rider gets the best: no ride costs more than the least that any cap covering it leaves.
 */
import { type MinorUnits, percentOf, type Rounding } from '../money.ts';
import type { Cap } from '../tariff/caps.ts';
import { coversRide } from '../tariff/covers.ts';
import { dayOfDate, type ServiceDate } from '../time.ts';
import { type Bill, reduce } from './bill.ts';
import { periodEnd, periodStart } from './period.ts';
import type { CapCount, PassUse } from './rider.ts';
import { inWords } from './trace.ts';

/** After transfers: what a transfer takes off fills no cap. */
export function applyCaps(bill: Bill): void {
  const { caps, rounding } = bill.tariff;
  if (caps.length === 0 || !bill.counts || (bill.group === 'further' && !countsGroups(caps))) return;
  const priceMinor = bill.dueMinor;
  let least = priceMinor;
  let by: Cap | undefined;
  for (const cap of caps) {
    if (!covers(cap, bill)) continue;
    const counted = bill.before.caps[standingFor(cap, bill, bill.before.caps)]?.counted ?? 0;
    if (bill.trace !== undefined) tellHowFar(cap, counted, bill);
    const due = dueUnder(cap, counted, bill, priceMinor, rounding);
    if (due < least) [least, by] = [due, cap];
    else bill.trace?.passed(cap.ruleId, 'its limit is not reached');
  }
  if (by !== undefined) {
    bill.trace?.applied(
      by.ruleId,
      `${inWords(bill.tariff, least)} of ${inWords(bill.tariff, priceMinor)} is left to pay`,
    );
    reduce(bill, least, { productId: by.productId, ruleId: by.ruleId, reason: 'capped' });
  }
  const counts = [...bill.caps];
  for (const cap of caps) if (covers(cap, bill)) count(cap, bill, priceMinor, counts);
  bill.caps = counts;
}

function countsGroups(caps: readonly Cap[]): boolean {
  return caps.some(cap => cap.groupCounts);
}

function covers(cap: Cap, bill: Bill): boolean {
  return (bill.group !== 'further' || cap.groupCounts) && coversRide(cap.covers, bill);
}

/** Where the count of the period stands that the ride's day lies in; -1 where none has begun. */
function standingFor({ id, period }: Cap, { tariff, day }: Bill, counts: readonly CapCount[]): number {
  for (let index = counts.length - 1; index >= 0; index--) {
    const known = counts[index];
    if (known?.cap === id && periodStart(period, tariff, day, known.from) === known.from) return index;
  }
  return -1;
}

function dueUnder(cap: Cap, counted: number, bill: Bill, priceMinor: number, rounding: Rounding): number {
  const { limit } = cap;
  switch (limit.kind) {
    case 'amount': {
      const left = Math.max(0, limit.amountMinor - counted);
      return priceMinor <= left ? priceMinor : left + beyond(cap, priceMinor - left, rounding);
    }
    case 'rides':
      return counted < limit.rides ? priceMinor : beyond(cap, priceMinor, rounding);
    case 'journeys':
      // A ride that continues a journey within the limit belongs to it.
      return counted < limit.journeys || (bill.continues && counted === limit.journeys)
        ? priceMinor
        : beyond(cap, priceMinor, rounding);
    default:
      return limit satisfies never;
  }
}

/** The share of what lies beyond the limit that is still paid. */
function beyond({ beyondHundredths }: Cap, priceMinor: number, rounding: Rounding): number {
  if (beyondHundredths === 0) return 0;
  return Math.min(priceMinor, percentOf(priceMinor as MinorUnits, beyondHundredths, rounding));
}

function count(cap: Cap, bill: Bill, priceMinor: number, counts: CapCount[]): void {
  const more = increment(cap, bill, priceMinor);
  if (more === 0) return;
  const place = standingFor(cap, bill, counts);
  const standing = counts[place];
  const from = standing?.from ?? periodStart(cap.period, bill.tariff, bill.day, undefined);
  const counted = Math.max(0, (standing?.counted ?? 0) + more);
  if (standing === undefined) forgetOver(cap, from, bill, counts);
  counts[standing === undefined ? counts.length : place] = { cap: cap.id, from, counted };
  if (cap.gives !== undefined && isFull(cap, counted)) givePass(bill, cap, cap.gives, from);
}

/** Minor units, rides or journeys, as the limit is. */
function increment({ limit, counts, freeRidesCount }: Cap, bill: Bill, priceMinor: number): number {
  const countedMinor = counts === 'paid' ? bill.dueMinor : priceMinor;
  if (limit.kind === 'amount') return countedMinor;
  if (limit.kind === 'journeys' && bill.continues) return 0;
  return countedMinor > 0 || freeRidesCount ? 1 : 0;
}

/** A period begins: earlier ones of that cap are over, but for the one that a journey still under way belongs to. */
function forgetOver({ id, period }: Cap, begins: ServiceDate, { before }: Bill, counts: CapCount[]): void {
  const day = before.journey?.day;
  for (let index = counts.length - 1; index >= 0; index--) {
    const { cap, from } = counts[index] ?? {};
    if (cap !== id || from === undefined || from > begins) continue;
    const isOpen = day !== undefined && from <= day && day <= periodEnd(period, from);
    if (!isOpen) counts.splice(index, 1);
  }
}

function isFull({ limit }: Cap, counted: number): boolean {
  switch (limit.kind) {
    case 'amount':
      return counted >= limit.amountMinor;
    case 'rides':
      return counted >= limit.rides;
    case 'journeys':
      return counted >= limit.journeys;
    default:
      return limit satisfies never;
  }
}

/** For the rest of the period. */
function givePass(bill: Bill, cap: Cap, pass: number, from: ServiceDate): void {
  const id = bill.tariff.passes[pass]?.id;
  if (id === undefined || bill.passes.some(use => use.pass === id && use.from === from)) return;
  const given: PassUse = { pass: id, from, to: periodEnd(cap.period, from), rides: 0 };
  bill.passes = [...bill.passes, given];
}

/** How near the limit the ride comes, and how far beyond the last day of the period that was counted in before. */
function tellHowFar({ id, ruleId, limit, period }: Cap, counted: number, bill: Bill): void {
  const withThisOne =
    limit.kind === 'amount' ? bill.dueMinor : bill.continues && limit.kind === 'journeys' ? 0 : 1;
  bill.trace?.compared(ruleId, 'limit', counted + withThisOne);
  const began = bill.before.caps.findLast(({ cap }) => cap === id)?.from;
  if (began === undefined) return;
  bill.trace?.compared(ruleId, 'period', dayOfDate(bill.day) - dayOfDate(periodEnd(period, began)));
}
