/**
 * Caps (FARES.md 3): no more than so much, so many rides or journeys, in a stretch of charging days. Of several at once
 * the rider gets the best: no ride costs more than the least that any cap covering it leaves.
 */
import { type MinorUnits, percentOf, type Rounding } from '../money.ts';
import type { Cap } from '../tariff/caps.ts';
import { coversRide } from '../tariff/covers.ts';
import type { Tariff } from '../tariff/tariff.ts';
import { dayOfDate, type ServiceDate } from '../time.ts';
import { type Bill, reduce } from './bill.ts';
import { periodEnd, periodStart } from './period.ts';
import type { PartRidden } from './priced-part.ts';
import type { CapCount, PassUse, PricedPart } from './rider.ts';
import { inWords } from './trace.ts';

/** Of the ride that is being capped: where each cap's count stands. Filled and read within one call. */
const places: number[] = [];
const [NOT_BEGUN, NOT_COVERED] = [-1, -2];

/** After transfers: what a transfer takes off fills no cap. */
export function applyCaps(bill: Bill): void {
  const { caps, rounding } = bill.tariff;
  if (!bill.counts || (bill.group === 'further' && !countsGroups(caps))) return;
  const priceMinor = bill.dueMinor;
  let least = priceMinor;
  let by: Cap | undefined;
  for (let index = 0; index < caps.length; index++) {
    const cap = caps[index];
    places[index] = NOT_COVERED;
    if (cap === undefined || !covers(cap, bill)) continue;
    const place = standingFor(cap, bill, bill.before.caps);
    places[index] = place;
    const counted = countedAt(place, bill.before.caps);
    if (bill.trace !== undefined) tellHowFar(cap, counted, bill);
    const due = dueUnder(cap, counted, bill, priceMinor, rounding);
    if (due >= least) {
      bill.trace?.passed(cap.ruleId, 'its limit is not reached');
      continue;
    }
    least = due;
    by = cap;
  }
  if (by !== undefined) {
    bill.trace?.applied(
      by.ruleId,
      `${inWords(bill.tariff, least)} of ${inWords(bill.tariff, priceMinor)} is left to pay`,
    );
    reduce(bill, least, by, 'capped');
  }
  bill.priceMinor = priceMinor;
  bill.paidMinor = bill.dueMinor;
  countAll(bill);
}

/** In place of what stands, or of what is over. */
function countAll(bill: Bill): void {
  const { caps } = bill.tariff;
  const counts = bill.after.caps.slice();
  let isAnyBeside = false;
  for (let index = 0; index < caps.length; index++) {
    const cap = caps[index];
    const place = places[index] ?? NOT_COVERED;
    if (cap === undefined || place === NOT_COVERED) continue;
    const more = increment(cap, bill);
    if (more === 0) continue;
    const standing = place === NOT_BEGUN ? undefined : counts[place];
    const from = standing?.from ?? periodStart(cap.period, bill.tariff, bill.day, undefined);
    const count = { cap: cap.id, from, counted: Math.max(0, (standing?.counted ?? 0) + more) };
    const before = standing === undefined ? newestOf(cap.id, counts) : place;
    if (before === NOT_BEGUN) counts.push(count);
    else if (standing !== undefined || isOver(cap, counts[before], from, bill)) counts[before] = count;
    else {
      counts.push(count);
      isAnyBeside = true;
    }
    if (cap.gives !== undefined && isFull(cap, count.counted)) givePass(bill, cap, cap.gives, from);
  }
  bill.after.caps = isAnyBeside ? withoutOver(bill, counts) : counts;
}

/** Nothing is asked any more of the period before the one that begins `from`, unless a journey is under way in it. */
function isOver({ period }: Cap, count: CapCount | undefined, from: ServiceDate, { before }: Bill): boolean {
  if (count === undefined || count.from > from) return false;
  const day = before.journey?.day;
  return day === undefined || !isIn(period, count.from, day);
}

function isIn(period: Cap['period'], from: ServiceDate, day: ServiceDate): boolean {
  return from <= day && day <= periodEnd(period, from);
}

function countsGroups(caps: readonly Cap[]): boolean {
  return caps.some(cap => cap.groupCounts);
}

function covers(cap: Cap, bill: Bill): boolean {
  return (bill.group !== 'further' || cap.groupCounts) && coversRide(cap.covers, bill.ridden);
}

/** Where the count of the period stands that the ride's day lies in. */
function standingFor({ id, period }: Cap, { tariff, day }: Bill, counts: readonly CapCount[]): number {
  for (let index = counts.length - 1; index >= 0; index--) {
    const known = counts[index];
    if (known?.cap === id && periodStart(period, tariff, day, known.from) === known.from) return index;
  }
  return NOT_BEGUN;
}

function countedAt(place: number, counts: readonly CapCount[]): number {
  return place === NOT_BEGUN ? 0 : (counts[place]?.counted ?? 0);
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

/** Minor units, rides or journeys, as the limit is. */
function increment(
  { limit, counts, freeRidesCount }: Cap,
  { priceMinor, paidMinor, continues }: Pick<Bill, 'priceMinor' | 'paidMinor' | 'continues'>,
): number {
  const countedMinor = counts === 'paid' ? paidMinor : priceMinor;
  if (limit.kind === 'amount') return countedMinor;
  if (limit.kind === 'journeys' && continues) return 0;
  return countedMinor > 0 || freeRidesCount ? 1 : 0;
}

/** A period has begun beside another: earlier ones of its cap are over, but for that of a journey still under way. */
function withoutOver({ tariff, before }: Bill, counts: readonly CapCount[]): readonly CapCount[] {
  const day = before.journey?.day;
  return counts.filter((count, index) => {
    const newest = newestOf(count.cap, counts);
    if (index === newest || count.from > (counts[newest]?.from ?? count.from)) return true;
    return day !== undefined && isWithin(count, day, tariff);
  });
}

function newestOf(id: string, counts: readonly CapCount[]): number {
  for (let index = counts.length - 1; index >= 0; index--) if (counts[index]?.cap === id) return index;
  return NOT_BEGUN;
}

/** The period of a cap that is no more is over. */
function isWithin({ cap: id, from }: CapCount, day: ServiceDate, { caps }: Tariff): boolean {
  for (const { id: known, period } of caps) if (known === id) return isIn(period, from, day);
  return false;
}

/** The counts as if that part of a journey had not been ridden. */
export function withoutCounted(
  tariff: Tariff,
  counts: readonly CapCount[],
  part: PricedPart,
  ridden: PartRidden,
): readonly CapCount[] {
  return counts.map(count => {
    const cap = tariff.caps.find(({ id }) => id === count.cap);
    if (cap === undefined || !coversRide(cap.covers, ridden)) return count;
    if (periodStart(cap.period, tariff, ridden.day, count.from) !== count.from) return count;
    const continues = part.lines.some(({ ruleIds }) => ruleIds.some(id => id.startsWith('transfer:')));
    return { ...count, counted: Math.max(0, count.counted - increment(cap, { ...part, continues })) };
  });
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
  if (id === undefined || bill.after.passes.some(use => use.pass === id && use.from === from)) return;
  const given: PassUse = { pass: id, from, to: periodEnd(cap.period, from), rides: 0 };
  bill.after.passes = [...bill.after.passes, given];
}

/** By these counts some cap that gives the pass is full. */
export function isEarned(
  { caps, passes }: Tariff,
  counts: readonly CapCount[],
  { pass, from }: Pick<PassUse, 'pass' | 'from'>,
): boolean {
  return caps.some(
    cap =>
      cap.gives !== undefined &&
      passes[cap.gives]?.id === pass &&
      counts.some(count => count.cap === cap.id && count.from === from && isFull(cap, count.counted)),
  );
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
