/**
 * Period passes and carnets (FARES.md 3): a ride that a pass covers costs its holder nothing; a ride that leaves its
 * areas costs what lies beyond them, where the pass allows that. Passes are personal: who rides along pays.
 */
import { type Coverage, coversRide } from '../tariff/covers.ts';
import type { Pass } from '../tariff/passes.ts';
import type { Tariff } from '../tariff/tariff.ts';
import { addDays, dayOfDate, formatDate, type ServiceDate } from '../time.ts';
import { type Bill, reduce } from './bill.ts';
import { periodEnd, periodStart } from './period.ts';
import { fareOf } from './price.ts';
import type { PassUse } from './rider.ts';
import { inWords } from './trace.ts';

/** A pass that is good on the ride's day, and what of it is left. */
interface Valid {
  readonly pass: Pass;
  readonly use: PassUse;
  /** What is still due. */
  readonly dueMinor: number;
}

/** First of all rules: what a pass covers is nobody's transfer and fills no cap of what was paid. */
export function applyPasses(bill: Bill): void {
  const { before, ride } = bill;
  const holdsAny = before.passes.length > 0 || (ride.passes !== undefined && ride.passes.length > 0);
  if (holdsAny && bill.group !== 'further') rideOnBest(bill);
}

function rideOnBest(bill: Bill): void {
  const { tariff, before } = bill;
  let best: Valid | undefined;
  for (const use of usable(bill)) {
    const valid = validOn(bill, use);
    if (valid !== undefined && (best === undefined || isBetter(valid, best))) best = valid;
  }
  if (best === undefined) return;
  const { pass, use, dueMinor } = best;
  bill.trace?.applied(
    pass.ruleId,
    dueMinor === 0 ? `good through ${formatDate(use.to)}` : `${inWords(tariff, dueMinor)} beyond its areas`,
  );
  reduce(bill, dueMinor, pass, 'pass');
  bill.sharesStand = false;
  bill.byPass = dueMinor === 0;
  const used: PassUse = { pass: use.pass, from: use.from, to: use.to, rides: use.rides + 1 };
  bill.after.passes = [...before.passes.filter(known => !isSame(known, use)), used];
}

/** What the account knows to be in use, and what the entitlement or the card holds beside it. */
function usable({ tariff, ride, before, day }: Bill): readonly PassUse[] {
  const uses: PassUse[] = [...before.passes];
  for (const held of ride.passes ?? []) {
    const pass = tariff.passes.find(candidate => candidate.id === held.pass);
    if (pass === undefined) continue;
    const known = uses.some(
      use => use.pass === held.pass && (held.from === undefined || use.from === held.from),
    );
    if (known) continue;
    const from = held.from ?? (pass.valid === 'first-use' ? day : startOf(pass, tariff, day));
    uses.push({ pass: held.pass, from, to: held.to ?? endOf(pass, from), rides: 0 });
  }
  return uses;
}

function startOf({ period }: Pass, tariff: Tariff, day: ServiceDate): ServiceDate {
  return period === undefined ? day : periodStart(period, tariff, day, undefined);
}

/** A carnet without a period lasts as long as its rides. */
function endOf({ period }: Pass, from: ServiceDate): ServiceDate {
  return period === undefined ? addDays(from, FOR_EVER_DAYS) : periodEnd(period, from);
}

const FOR_EVER_DAYS = 36_500;

function isSame(a: PassUse, b: PassUse): boolean {
  return a.pass === b.pass && a.from === b.from;
}

function validOn(bill: Bill, use: PassUse): Valid | undefined {
  const pass = bill.tariff.passes.find(candidate => candidate.id === use.pass);
  if (pass === undefined) return undefined;
  if (pass.period !== undefined && bill.day >= use.from)
    bill.trace?.compared(pass.ruleId, 'period', dayOfDate(bill.day) - dayOfDate(use.to));
  if (bill.day < use.from || bill.day > use.to) return undefined;
  if (pass.rides !== undefined) bill.trace?.compared(pass.ruleId, 'rides', use.rides + 1);
  if (pass.rides !== undefined && use.rides >= pass.rides) {
    bill.trace?.passed(pass.ruleId, `all ${pass.rides} rides are used`);
    return undefined;
  }
  if (coversRide(pass.covers, bill.ridden)) return { pass, use, dueMinor: 0 };
  const dueMinor = extensionDue(bill, pass);
  if (dueMinor === undefined || dueMinor >= bill.dueMinor) {
    bill.trace?.passed(pass.ruleId, 'it does not cover this ride');
    return undefined;
  }
  return { pass, use, dueMinor };
}

/** The cheaper for the rider; of equal ones the one that ends sooner. */
function isBetter(a: Valid, b: Valid): boolean {
  return a.dueMinor < b.dueMinor || (a.dueMinor === b.dueMinor && a.use.to < b.use.to);
}

/** What a ride that leaves the pass's areas at one end costs; undefined where both ends lie outside, or it is not sold. */
function extensionDue(bill: Bill, { covers, extension }: Pass): number | undefined {
  const { zones } = covers;
  if (extension === 'none' || zones === undefined || !coversOtherwise(covers, bill)) return undefined;
  const { ridden } = bill;
  const inside = zones[ridden.fromZone] === true ? ridden.fromZone : ridden.toZone;
  const outside = inside === ridden.fromZone ? ridden.toZone : ridden.fromZone;
  if (zones[inside] !== true) return undefined;
  const { last, first } = boundary(bill.tariff, zones, inside, outside);
  const [fromZone, toZone] = extension === 'difference' ? [inside, last] : [first, outside];
  if (fromZone === undefined || toZone === undefined) return undefined;
  const part = fareOf(bill.tariff, { ...ridden, fromZone, toZone }, ridden.band);
  if (part === undefined) return undefined;
  return extension === 'difference' ? Math.max(0, bill.dueMinor - part.amountMinor) : part.amountMinor;
}

/** Network, time, medium and category, whatever the areas. */
function coversOtherwise({ zones: _zones, ...covers }: Coverage, bill: Bill): boolean {
  return coversRide(covers, bill.ridden);
}

/** On the way from inside to outside, in the order areas are crossed: the last zone covered and the first that is not. */
function boundary(
  tariff: Tariff,
  zones: readonly boolean[],
  inside: number,
  outside: number,
): { last?: number; first?: number } {
  const from = tariff.zoneRanks[inside]?.[0];
  const to = tariff.zoneRanks[outside]?.[0];
  if (from === undefined || to === undefined) return {};
  const step = Math.sign(to - from);
  let last = inside;
  for (let rank = from + step; rank !== to + step; rank += step) {
    const zone = tariff.zoneRanks.findIndex(ranks => ranks.length === 1 && ranks[0] === rank);
    if (zone === -1) return {};
    if (zones[zone] !== true) return { last, first: zone };
    last = zone;
  }
  return {};
}
