/** Rides that continue a ride: which window is open, what the ride then costs, and which window it leaves open. */
import { type MinorUnits, percentOf } from '../money.ts';
import type { Tariff } from '../tariff/tariff.ts';
import type { Transfer } from '../tariff/transfers.ts';
import type { EpochMs } from '../time.ts';
import { type Bill, reduce } from './bill.ts';
import { carrierOf } from './carrier.ts';
import type { TransferWindow } from './rider.ts';

/**
 * After the fare and before caps. A ride may continue a journey by several rules: the one that leaves least to pay is the
 * rider's, of equal ones the first of the tariff.
 */
export function applyTransfers(bill: Bill): void {
  const { transfers } = bill.tariff;
  if (bill.byPass) return;
  let least = Number.POSITIVE_INFINITY;
  for (let index = 0; index < transfers.length; index++) {
    const rule = transfers[index];
    if (rule === undefined || !isAbout(rule, bill)) continue;
    const window = windowOf(rule, bill.after.windows);
    if (window === undefined || !continues(bill, rule, window)) continue;
    const dueMinor = priceAfter(bill, rule, window);
    if (dueMinor >= least) continue;
    least = dueMinor;
    bill.transfer = rule;
    bill.window = window;
  }
  if (bill.transfer !== undefined && bill.window !== undefined)
    continueBy(bill, bill.transfer, bill.window, least);
}

function isAbout(rule: Transfer, { tariff, ride, ridden }: Bill): boolean {
  const { medium, category, network } = ridden;
  return (
    rule.media[medium] === true &&
    rule.categories[category] === true &&
    rule.networks[network] === true &&
    (rule.carriers === undefined || rule.carriers.includes(carrierOf(tariff, ride)))
  );
}

function windowOf({ id }: Transfer, windows: readonly TransferWindow[]): TransferWindow | undefined {
  for (let index = 0; index < windows.length; index++) {
    const window = windows[index];
    if (window?.rule === id || window?.rule === '') return window;
  }
  return undefined;
}

function continueBy(bill: Bill, rule: Transfer, window: TransferWindow, dueMinor: number): void {
  bill.continues = true;
  bill.journeyRef = window.ref;
  bill.sharesStand = false;
  reduce(bill, dueMinor, rule, dueMinor > 0 ? 'transfer' : 'free-transfer');
  bill.trace?.applied(rule.ruleId, sinceItOpened(bill, window));
}

/**
 * Last of all rules, when it is known what the ride cost: which windows are open from now on. A ride that continues a
 * journey begins none by another rule.
 */
export function openWindows(bill: Bill): void {
  const { transfers } = bill.tariff;
  if (bill.byPass) return;
  for (let index = 0; index < transfers.length; index++) {
    const rule = transfers[index];
    if (rule === undefined) continue;
    if (bill.continues ? rule !== bill.transfer : !isAbout(rule, bill)) continue;
    const window = windowOf(rule, bill.after.windows);
    const after = windowAfter(bill, rule, window, bill.continues ? bill.window : undefined);
    if (after === window || after === undefined) continue;
    bill.after.windows = withWindow(bill.after.windows, window, after);
  }
}

/** In place of `window`, behind the others. */
function withWindow(
  windows: readonly TransferWindow[],
  window: TransferWindow | undefined,
  after: TransferWindow,
): readonly TransferWindow[] {
  // Most riders have one: no list is sifted for it.
  if (windows.length === 0 || (windows.length === 1 && windows[0] === window)) return [after];
  return [...without(windows, window), after];
}

/** Apart: what hands a function on keeps a place for what that one sees, at every call of it. */
function without(
  windows: readonly TransferWindow[],
  window: TransferWindow | undefined,
): readonly TransferWindow[] {
  return windows.filter(candidate => candidate !== window);
}

function continues(bill: Bill, rule: Transfer, window: TransferWindow): boolean {
  const why = hindrance(bill, rule, window);
  if (why !== undefined) bill.trace?.passed(rule.ruleId, HINDRANCES[why](bill, window));
  return why === undefined;
}

/** Why a ride does not continue a window, as a person would say it. */
const HINDRANCES = {
  used: () => 'all its rides were ridden',
  trip: () => 'the same trip',
  route: () => 'the same route',
  network: () => 'the same network',
  purse: () => 'the purse is below zero',
  late: sinceItOpened,
} as const satisfies Readonly<Record<string, (bill: Bill, window: TransferWindow) => string>>;

function hindrance(bill: Bill, rule: Transfer, window: TransferWindow): keyof typeof HINDRANCES | undefined {
  const sinceMs = bill.enteredAtMs - window.openedAtMs;
  bill.trace?.compared(rule.ruleId, 'count', window.used + 1);
  bill.trace?.compared(rule.ruleId, 'window', sinceMs);
  if (window.used >= rule.count * window.riders) return 'used';
  if (isOnTheSameTrip(bill, rule, window)) return 'trip';
  if (rule.sameRoute === 'refused' && window.routeId !== undefined && window.routeId === bill.ride.routeId)
    return 'route';
  if (rule.otherNetwork && window.networkId === bill.ride.networkId) return 'network';
  if (rule.suspendedBelowZero && (bill.before.purseMinor ?? 0) < 0) return 'purse';
  return isInTime(rule, sinceMs) ? undefined : 'late';
}

/** Nobody has changed vehicles; but the further riders of a covered group follow its first into the free ride. */
function isOnTheSameTrip(
  { before: { lastRide }, ride, isExit, group }: Bill,
  { groupCovered }: Transfer,
  { ref }: TransferWindow,
): boolean {
  if (lastRide === undefined || lastRide.trip !== ride.trip || isExit) return false;
  return !(group === 'further' && groupCovered && lastRide.ref !== ref);
}

/** A clock set back between two taps is no reason to charge twice. */
function isInTime({ windowMs, inclusive }: Transfer, sinceMs: number): boolean {
  const apartMs = Math.abs(sinceMs);
  return apartMs < windowMs || (inclusive && apartMs === windowMs);
}

/** Some rule may still have a ride of that moment continue it. */
export function isOpenAt(
  { transfers }: Tariff,
  { rule, openedAtMs }: TransferWindow,
  atMs: EpochMs,
): boolean {
  for (const transfer of transfers)
    if ((rule === transfer.id || rule === '') && isInTime(transfer, atMs - openedAtMs)) return true;
  return false;
}

function priceAfter(bill: Bill, { price }: Transfer, { dearestMinor }: TransferWindow): number {
  switch (price.kind) {
    case 'free':
      return 0;
    case 'without-base':
      return Math.max(0, bill.dueMinor - bill.fare.baseMinor);
    case 'difference':
      return Math.max(0, bill.dueMinor - dearestMinor);
    case 'minus':
      return Math.max(0, bill.dueMinor - price.amountMinor);
    case 'share':
      return Math.min(
        bill.dueMinor,
        percentOf(bill.dueMinor as MinorUnits, price.hundredths, bill.tariff.rounding),
      );
    default:
      return price satisfies never;
  }
}

function windowAfter(
  bill: Bill,
  rule: Transfer,
  window: TransferWindow | undefined,
  continued: TransferWindow | undefined,
): TransferWindow | undefined {
  const dearestMinor = Math.max(bill.fare.amountMinor, continued?.dearestMinor ?? 0) as MinorUnits;
  if (continued !== undefined) {
    if (rule.freeRideOpensWindow)
      return { ...opened(bill, rule, continued.ref, dearestMinor), day: continued.day };
    return {
      ...continued,
      openedAtMs: rule.from === 'paid-entry' ? continued.openedAtMs : runsFrom(bill, rule),
      networkId: bill.ride.networkId,
      used: continued.used + 1,
      dearestMinor,
    };
  }
  if (bill.group === 'further' && window !== undefined) {
    return rule.groupCovered ? { ...window, riders: window.riders + 1 } : window;
  }
  // A ride that a cap or points made free is none that was paid; one whose own price is nothing is.
  if (rule.from === 'paid-entry' && bill.dueMinor === 0 && bill.fare.amountMinor > 0) return window;
  return opened(bill, rule, bill.ref, dearestMinor);
}

function opened(bill: Bill, rule: Transfer, ref: string, dearestMinor: MinorUnits): TransferWindow {
  return {
    rule: rule.id,
    ref,
    day: bill.day,
    openedAtMs: runsFrom(bill, rule),
    routeId: bill.ride.routeId,
    networkId: bill.ride.networkId,
    riders: 1,
    used: 0,
    dearestMinor,
  };
}

function runsFrom({ isExit, ride, enteredAtMs }: Bill, { from }: Transfer): EpochMs {
  return from === 'last-exit' && isExit ? ride.atMs : enteredAtMs;
}

function sinceItOpened({ enteredAtMs }: Bill, { openedAtMs }: TransferWindow): string {
  return `${seconds(enteredAtMs - openedAtMs)} after it opened`;
}

function seconds(ms: number): string {
  const total = Math.floor(Math.abs(ms) / 1000);
  return `${ms < 0 ? '-' : ''}${Math.floor(total / 60)}:${String(total % 60).padStart(2, '0')}`;
}
