/**
 * Journeys between an entry and an exit tap (FARES.md 2): begun, ended wherever they were opened, gone on with at a
 * linked stop. What was never left, or never entered, is `incomplete.ts`.
 */
import type { MinorUnits } from '../money.ts';
import type { ChargeLine } from '../record.ts';
import { bandAt } from '../tariff/bands.ts';
import type { Linking, NetworkRules } from '../tariff/networks.ts';
import type { Fare, Tariff } from '../tariff/tariff.ts';
import { type Bill, newBill } from './bill.ts';
import { type Payer, payingCategory } from './category.ts';
import { habitsAfter } from './habit.ts';
import { closeIncomplete, enteredNowhere, incompleteEnds } from './incomplete.ts';
import { isTooLong } from './maximum-time.ts';
import { pay } from './payment.ts';
import { fareOf } from './price.ts';
import { declined, type Rated, ratedOf, stateAfter } from './rated.ts';
import type { Interned, Ride } from './ride.ts';
import type { Journey, RiderState } from './rider.ts';
import { applyRules } from './rules.ts';
import { sameStopFare } from './same-stop.ts';
import { soldFare, WITHOUT_FARE } from './sold.ts';
import type { Trace } from './trace.ts';

/** An entry: a deposit where the network asks one. What was left open before is closed by it. */
export function beginJourney(
  tariff: Tariff,
  state: RiderState,
  ride: Ride,
  at: Interned,
  trace: Trace | undefined,
): Rated {
  const rules = tariff.networks[at.network];
  if (rules === undefined) return declined('no-fare', state, 1);
  const { journey } = state;
  if (journey !== undefined && journey.left === undefined && isRepeated(tariff, journey, ride)) {
    return declined('passback', state, 1, journey.ref);
  }
  if (journey?.left !== undefined && continues(rules.linking, journey, ride, trace)) {
    trace?.applied(`linking:${ride.networkId ?? ''}`, 'the journey goes on');
    return { ...begun(state, { ...journey, left: undefined }), journeyRef: journey.ref };
  }
  const closed = journey === undefined ? undefined : closeIncomplete(tariff, state, trace);
  const before = closed?.state ?? state;
  const payer = payingCategory(tariff, before, ride, ride.serviceDate, undefined);
  const category = tariff.categories[payer.category]?.index ?? -1;
  const fare = rules.deposit === undefined ? WITHOUT_FARE : soldFare(rules.deposit, 'journey-begun');
  const bill = newBill({
    tariff,
    ride,
    before,
    trace,
    ref: ride.ref,
    enteredAtMs: ride.atMs,
    day: ride.serviceDate,
    group: 'first',
    isExit: false,
    isContinued: false,
    counts: false,
    fare,
    network: at.network,
    fromZone: at.zone,
    toZone: at.zone,
    band: at.band,
    medium: at.medium,
    category,
  });
  const isOverdrawn = (before.purseMinor ?? 0) < 0 && ride.wasRidden !== true;
  const refused = isOverdrawn ? 'purse-low' : pay(bill);
  if (refused !== undefined) return declined(refused, state, 1);
  const opened: Journey = {
    ref: ride.ref,
    enteredAtMs: ride.atMs,
    day: ride.serviceDate,
    tariffHash: tariff.hash,
    networkId: ride.networkId,
    stopId: ride.stopId,
    mediumClass: ride.mediumClass,
    category: ride.category,
    depositMinor: fare.amountMinor,
    pricedMinor: 0 as MinorUnits,
    left: undefined,
  };
  const after = stateAfter(bill, ENTERING, { ...before, journey: opened });
  const rated = ratedOf(bill, ENTERING, { riderIndex: 1, ref: undefined }, after);
  return closed === undefined ? rated : { ...rated, closed: closed.closed };
}

/** Whose ride of a quota it is, is asked when it ends. */
const ENTERING: Payer = { category: '', graced: [] };

function begun(state: RiderState, journey: Journey): Rated {
  return { ...declined('journey-begun', { ...state, journey }, 1), finality: 'estimate' };
}

/** The same stop within the passback window is the same entry held there twice. */
function isRepeated({ passback }: Tariff, journey: Journey, ride: Ride): boolean {
  return (
    journey.stopId === ride.stopId && Math.abs(ride.atMs - journey.enteredAtMs) <= passback.furtherRiderMs
  );
}

function continues(
  linking: Linking | undefined,
  { left, networkId }: Journey,
  ride: Ride,
  trace: Trace | undefined,
): boolean {
  if (linking === undefined || left === undefined || networkId !== ride.networkId) return false;
  if (!areLinked(linking, left.stopId, ride.stopId)) return false;
  const sinceMs = ride.atMs - left.atMs;
  trace?.compared(`linking:${networkId ?? ''}`, 'within', sinceMs);
  return sinceMs >= 0 && (sinceMs < linking.withinMs || (sinceMs === linking.withinMs && linking.inclusive));
}

function areLinked({ groupOfStop }: Linking, a: string | undefined, b: string | undefined): boolean {
  if (a === undefined || b === undefined) return false;
  return a === b || (groupOfStop[a] !== undefined && groupOfStop[a] === groupOfStop[b]);
}

/** An exit closes the token's open journey wherever it was opened. */
export function endJourney(
  tariff: Tariff,
  state: RiderState,
  ride: Ride,
  at: Interned,
  trace: Trace | undefined,
): Rated {
  const rules = tariff.networks[at.network];
  const { journey } = state;
  if (rules === undefined) return declined('no-fare', state, 1);
  if (journey === undefined || journey.left !== undefined) {
    if (journey?.left !== undefined && isLeftTwice(tariff, journey, ride)) {
      return declined('passback', state, 1, journey.ref);
    }
    return enteredNowhere(tariff, state, ride, at, trace);
  }
  // A clock behind the entry's says nothing of how long it took: the journey counts as of that moment.
  const elapsedMs = Math.max(0, ride.atMs - journey.enteredAtMs);
  const fromZone = journey.stopId === undefined ? 0 : (tariff.zoneOfStop[journey.stopId] ?? 0);
  const band = bandAt(tariff.bands, tariff.zone, journey.enteredAtMs);
  const { networkId } = journey;
  if (isTooLong(tariff, rules, { fromZone, toZone: at.zone, band, elapsedMs, networkId }, trace)) {
    trace?.applied(`maximum-time:${journey.networkId ?? ''}`, 'two incomplete journeys');
    return incompleteEnds(tariff, state, ride, at, trace);
  }
  const payer = payingCategory(tariff, state, { ...ride, category: journey.category }, journey.day, trace);
  const category = tariff.categories[payer.category]?.index ?? -1;
  const ridden = { network: at.network, fromZone, toZone: at.zone, band, medium: at.medium, category };
  const same = sameStopFare(rules, journey, ride, elapsedMs, trace);
  const fare = same ?? fareOf(tariff, { ...ridden, exitBand: at.band }, trace);
  // An end that nobody knows has no fare of its own: never 0, never a guess.
  if (fare === undefined) return incompleteEnds(tariff, state, ride, at, trace);

  const isContinued = journey.pricedMinor !== 0;
  const bill = newBill({
    tariff,
    ride,
    before: state,
    trace,
    ref: journey.ref,
    enteredAtMs: journey.enteredAtMs,
    day: journey.day,
    group: 'first',
    isExit: true,
    isContinued,
    counts: same === undefined,
    fare,
    ...ridden,
  });
  if (isContinued) {
    bill.dueMinor = fare.amountMinor - journey.pricedMinor;
    bill.ruleIds = [`linking:${journey.networkId ?? ''}`];
  }
  if (payer.instead !== undefined) bill.reason = payer.instead;
  if (bill.counts) applyRules(bill);
  bill.journeyRef = journey.ref;
  giveBack(bill, rules, journey);
  pay(bill);
  const left = leftBehind(journey, fare, same !== undefined, ride);
  const habits =
    same === undefined ? habitsAfter(rules, state.habits, journey.stopId, ride.stopId) : state.habits;
  const { lastRide, completions } = state;
  const after = stateAfter(bill, payer, { lastRide, journey: left, completions, habits });
  return ratedOf(bill, payer, { riderIndex: 1, ref: undefined }, after);
}

/** What is kept for whoever goes on; out where one came in there is nothing to go on with. */
function leftBehind(journey: Journey, fare: Fare, isSameStop: boolean, ride: Ride): Journey | undefined {
  if (isSameStop) return undefined;
  const left = { atMs: ride.atMs, stopId: ride.stopId };
  return { ...journey, depositMinor: 0 as MinorUnits, pricedMinor: fare.amountMinor, left };
}

function isLeftTwice({ passback }: Tariff, { left }: Journey, ride: Ride): boolean {
  return left?.stopId === ride.stopId && Math.abs(ride.atMs - (left?.atMs ?? 0)) <= passback.furtherRiderMs;
}

function giveBack(bill: Bill, { deposit }: NetworkRules, { depositMinor }: Journey): void {
  if (deposit === undefined || depositMinor === 0) return;
  const line: ChargeLine = {
    productId: deposit.productId,
    amountMinor: -depositMinor as MinorUnits,
    funder: 'rider',
    ruleIds: [deposit.ruleId],
  };
  bill.extraLines = [...bill.extraLines, line];
}
