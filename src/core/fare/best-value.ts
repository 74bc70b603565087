/**
 * Best value (FARES.md 3): after the fact, never more than the cheapest combination of singles and passes that covers
 * the same journeys. Day by day, the cheapest way to have covered everything up to that day is either its singles on
 * top of the day before, or a pass on top of the day before the pass began. A ride is charged what it adds to that.
 */
import type { BestValue, Bought } from '../tariff/best-value.ts';
import { coversRide } from '../tariff/covers.ts';
import type { Tariff } from '../tariff/tariff.ts';
import type { ServiceDate } from '../time.ts';
import { type Bill, reduce } from './bill.ts';
import { periodEnd, periodStart } from './period.ts';
import type { PartRidden } from './priced-part.ts';
import type { BestValueDays, RiddenDay } from './rider.ts';
import { inWords } from './trace.ts';

/** After caps: what they left to pay is the single's price. */
export function applyBestValue(bill: Bill): void {
  const { bestValue } = bill.tariff;
  if (!bill.counts || bill.group === 'further') return;
  bill.singleMinor = bill.dueMinor;
  for (const rule of bestValue) if (coversRide(rule.covers, bill.ridden)) applyRule(bill, rule);
}

function applyRule(bill: Bill, rule: BestValue): void {
  const standing = bill.after.bestValue.find(candidate => candidate.rule === rule.id);
  const before = standing?.days ?? [];
  const after = withRide(rule, bill.tariff, before, bill.day, bill.singleMinor);
  const due = bestOf(after) - bestOf(before);
  if (due < bill.dueMinor) {
    bill.trace?.applied(
      rule.ruleId,
      `${inWords(bill.tariff, due)} more than the cheapest combination before`,
    );
    reduce(bill, due, rule, 'best-value');
  } else {
    bill.trace?.passed(rule.ruleId, 'singles are the cheapest');
  }
  const kept: BestValueDays = { rule: rule.id, days: forgotten(rule, bill.tariff, after) };
  bill.after.bestValue = [...bill.after.bestValue.filter(candidate => candidate !== standing), kept];
}

/** The days as if a ride of so much had not been ridden. */
export function withoutSingle(
  tariff: Tariff,
  states: readonly BestValueDays[],
  singleMinor: number,
  ridden: PartRidden,
): readonly BestValueDays[] {
  if (singleMinor === 0 || states.length === 0) return states;
  return states.map(state => {
    const rule = tariff.bestValue.find(({ id }) => id === state.rule);
    if (rule === undefined || !coversRide(rule.covers, ridden)) return state;
    return { ...state, days: withRide(rule, tariff, state.days, ridden.day, -singleMinor) };
  });
}

function bestOf(days: readonly RiddenDay[]): number {
  return days.at(-1)?.bestMinor ?? 0;
}

function withRide(
  rule: BestValue,
  tariff: Tariff,
  days: readonly RiddenDay[],
  day: ServiceDate,
  singleMinor: number,
): RiddenDay[] {
  const place = days.findIndex(ridden => ridden.day >= day);
  const at = place === -1 ? days.length : place;
  const same = days[at]?.day === day;
  const today = { day, singlesMinor: (same ? (days[at]?.singlesMinor ?? 0) : 0) + singleMinor };
  const after = days.slice(0, at);
  for (const ridden of [today, ...days.slice(same ? at + 1 : at)]) {
    after.push({ ...ridden, bestMinor: cheapest(rule, tariff, after, ridden) });
  }
  return after;
}

function cheapest(
  { passes }: BestValue,
  tariff: Tariff,
  before: readonly RiddenDay[],
  { day, singlesMinor }: Omit<RiddenDay, 'bestMinor'>,
): number {
  let least = bestOf(before) + singlesMinor;
  for (const pass of passes) {
    const begins = earliestStart(pass, tariff, before, day);
    least = Math.min(least, bestUpTo(before, begins) + pass.amountMinor);
  }
  return least;
}

/** What covers `day` may have begun before it: the calendar says when, or the earliest ride that it still reaches from. */
function earliestStart(
  { period }: Bought,
  tariff: Tariff,
  before: readonly RiddenDay[],
  day: ServiceDate,
): ServiceDate {
  if (period.kind === 'calendar' || period.kind === 'every-days')
    return periodStart(period, tariff, day, undefined);
  return before.find(ridden => periodEnd(period, ridden.day) >= day)?.day ?? day;
}

/** The cheapest way to have covered everything before `day`. */
function bestUpTo(days: readonly RiddenDay[], day: ServiceDate): number {
  let best = 0;
  for (const ridden of days) if (ridden.day < day) best = ridden.bestMinor;
  return best;
}

/** Days that no pass reaches from any more; what they cost is behind all others alike. */
function forgotten({ passes }: BestValue, tariff: Tariff, days: readonly RiddenDay[]): readonly RiddenDay[] {
  const newest = days.at(-1)?.day;
  if (newest === undefined) return days;
  const reaches = ({ day }: RiddenDay) => passes.some(pass => reachOf(pass, tariff, day) >= newest);
  const first = days.findIndex(reaches);
  const kept = first === -1 ? days.slice(-1) : days.slice(first);
  const spentMinor = bestUpTo(days, kept[0]?.day ?? newest);
  if (spentMinor === 0) return kept;
  return kept.map(({ day, singlesMinor, bestMinor }) => ({
    day,
    singlesMinor,
    bestMinor: bestMinor - spentMinor,
  }));
}

/** The last day that a pass covering `day` may cover too. */
function reachOf({ period }: Bought, tariff: Tariff, day: ServiceDate): ServiceDate {
  return periodEnd(period, periodStart(period, tariff, day, undefined));
}
