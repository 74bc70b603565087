/**
 * Journeys between an entry and an exit tap (FARES.md 2): begun, ended wherever they were opened, gone on with at a
 * linked stop. What was never left, or never entered, is `incomplete.ts`.
 */
import type { MinorUnits } from '../money.ts';
import { bandAt } from '../tariff/bands.ts';
import type { Linking } from '../tariff/networks.ts';
import type { Tariff } from '../tariff/tariff.ts';
import { type Tariffs, tariffOfHash } from '../tariff/versions.ts';
import { addRule, type Bill, newBill } from './bill.ts';
import { NOBODY, payingCategory } from './category.ts';
import { habitsAfter } from './habit.ts';
import { closeIncomplete, enteredNowhere, incompleteEnds } from './incomplete.ts';
import { isTooLong } from './maximum-time.ts';
import { isHeldTwice } from './passback.ts';
import { pay } from './payment.ts';
import { pointsBeside } from './points.ts';
import { fareOf } from './price.ts';
import { beforeParts, pricedPart, takenBack } from './priced-part.ts';
import { mayBegin } from './purse.ts';
import { declined, type Rated, ratedOf } from './rated.ts';
import type { Interned, Ride } from './ride.ts';
import type { Journey, PricedPart, RiderState } from './rider.ts';
import { applyRules } from './rules.ts';
import { sameStopFare } from './same-stop.ts';
import { depositLine, WITHOUT_FARE } from './sold.ts';
import type { Trace } from './trace.ts';

/** An entry: a deposit where the network asks one. What was left open before is closed by it. */
export function beginJourney(
  tariff: Tariff,
  state: RiderState,
  ride: Ride,
  at: Interned,
  trace: Trace | undefined,
  versions: Tariffs | undefined,
): Rated {
  const rules = tariff.networks[at.network];
  if (rules === undefined) return declined('no-fare', state, 1);
  const { journey } = state;
  if (journey !== undefined && journey.left === undefined) {
    const entry = { stopId: journey.stopId, atMs: journey.enteredAtMs };
    if (isHeldTwice(tariff, entry, ride, trace)) return declined('passback', state, 1, journey.ref);
  }
  if (journey?.left !== undefined && continues(rules.linking, journey, ride, trace)) {
    trace?.applied(`linking:${ride.networkId ?? ''}`, 'the journey goes on');
    return { ...begun(state, { ...journey, left: undefined }), journeyRef: journey.ref };
  }
  const closed = closeBegun(tariff, versions, state, trace);
  const before = closed?.state ?? state;
  const { category } = payingCategory(tariff, before, ride, ride.serviceDate, undefined);
  const { network, zone, band, medium } = at;
  const ridden = { network, fromZone: zone, toZone: zone, band, medium, category };
  // Whose ride of a quota it is, is asked when it ends.
  const bill = newBill(tariff, before, ride, undefined, ridden, NOBODY, WITHOUT_FARE, trace);
  bill.counts = false;
  if (rules.deposit !== undefined) bill.asides = [depositLine(rules.deposit, rules.deposit.amountMinor)];
  const isLetIn = ride.wasRidden === true || mayBegin(tariff, before, at.medium);
  const refused = isLetIn ? pay(bill) : 'purse-low';
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
    depositMinor: rules.deposit?.amountMinor ?? NOTHING,
    priced: undefined,
    left: undefined,
  };
  bill.after.journey = opened;
  const rated = ratedOf(bill, 1);
  return closed === undefined ? rated : { ...rated, closed: closed.closed };
}

/** By the version that it began under. */
function closeBegun(
  tariff: Tariff,
  versions: Tariffs | undefined,
  state: RiderState,
  trace: Trace | undefined,
): ReturnType<typeof closeIncomplete> {
  const { journey } = state;
  if (journey === undefined) return undefined;
  const begunUnder = versions === undefined ? undefined : tariffOfHash(versions, journey.tariffHash);
  return closeIncomplete(begunUnder ?? tariff, state, trace);
}

const NOTHING = 0 as MinorUnits;

function begun(state: RiderState, journey: Journey): Rated {
  return { ...declined('journey-begun', { ...state, journey }, 1), finality: 'estimate' };
}

function continues(
  linking: Linking | undefined,
  { left, priced, networkId }: Journey,
  ride: Ride,
  trace: Trace | undefined,
): boolean {
  if (linking === undefined || left === undefined || priced === undefined) return false;
  if (networkId !== ride.networkId) return false;
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
  const { journey } = state;
  if (journey === undefined || journey.left !== undefined) {
    if (journey?.left !== undefined && isHeldTwice(tariff, journey.left, ride, trace)) {
      return declined('passback', state, 1, journey.ref);
    }
    return enteredNowhere(tariff, state, ride, at, trace);
  }
  const entered = tariff.networkIndex[journey.networkId ?? ''] ?? 0;
  // Out where nobody taps out, or at a gate that no network knows: the way is that of its entry.
  const network = tariff.networks[at.network]?.taps === 'entry-exit' ? at.network : entered;
  const rules = tariff.networks[network];
  if (rules === undefined) return declined('no-fare', state, 1);
  // A clock behind the entry's says nothing of how long it took: the journey counts as of that moment.
  const elapsedMs = Math.max(0, ride.atMs - journey.enteredAtMs);
  const fromZone = journey.stopId === undefined ? 0 : (tariff.zoneOfStop[journey.stopId] ?? 0);
  const band = bandAt(tariff.bands, tariff.zone, journey.enteredAtMs);
  const { networkId } = journey;
  if (isTooLong(tariff, rules, { fromZone, toZone: at.zone, band, elapsedMs, networkId }, trace)) {
    trace?.applied(`maximum-time:${networkId ?? ''}`, 'two incomplete journeys');
    return incompleteEnds(tariff, state, ride, { ...at, network }, trace);
  }
  const before = beforeParts(tariff, state, journey);
  const { proofExpired, quotaUsed } = ride;
  const holder = { category: journey.category, proofExpired, quotaUsed };
  const payer = payingCategory(tariff, before, holder, journey.day, trace);
  const { zone: toZone, medium } = at;
  const ridden = { network, fromZone, toZone, band, medium, category: payer.category };
  const same = sameStopFare(rules, journey, ride, elapsedMs, trace);
  const fare = same ?? fareOf(tariff, ridden, at.band, trace);
  if (fare === undefined) return endedNowhere(tariff, state, journey, ride, trace);

  const bill = newBill(tariff, before, ride, journey, ridden, payer, fare, trace);
  bill.isExit = true;
  bill.counts = same === undefined;
  if (ride.atMs < journey.enteredAtMs) bill.graced = [...bill.graced, 'clock-unsynced'];
  if (journey.priced !== undefined) goOn(bill, journey, journey.priced);
  if (bill.counts) applyRules(bill);
  bill.journeyRef ??= journey.ref;
  const deposit = tariff.networks[entered]?.deposit;
  if (deposit !== undefined && journey.depositMinor > 0)
    bill.asides = [...bill.asides, depositLine(deposit, -journey.depositMinor)];
  pay(bill);
  const isLinked = same === undefined && rules.linking !== undefined;
  bill.after.journey = leftBehind(journey, isLinked ? pricedPart(bill) : undefined, ride);
  if (same === undefined) bill.after.habits = habitsAfter(rules, state.habits, journey.stopId, ride.stopId);
  const rated = ratedOf(bill, 1);
  return journey.priced === undefined
    ? rated
    : { ...rated, points: pointsBeside(rated.points, journey.priced.points) };
}

/** An end that nobody knows has no fare of its own, never 0 and never a guess: the journey is incomplete, once. */
function endedNowhere(
  tariff: Tariff,
  state: RiderState,
  journey: Journey,
  ride: Ride,
  trace: Trace | undefined,
): Rated {
  const closing = closeIncomplete(tariff, state, trace);
  if (closing === undefined) return declined('no-fare', state, 1);
  const left = leftBehind(journey, undefined, ride);
  const ended = declined('end-unknown', { ...closing.state, journey: left }, 1);
  return { ...ended, finality: 'estimate', graced: ['stop-unknown'], closed: closing.closed };
}

/** What its way so far was charged is taken back, and the whole way is charged. */
function goOn(bill: Bill, { networkId }: Journey, { lines }: PricedPart): void {
  bill.asides = lines.map(takenBack);
  addRule(bill, `linking:${networkId ?? ''}`);
}

/** What is kept for whoever goes on, where that may be, and to know the same exit when it is held there twice. */
function leftBehind(journey: Journey, priced: PricedPart | undefined, { atMs, stopId }: Ride): Journey {
  return { ...journey, depositMinor: NOTHING, priced, left: { atMs, stopId } };
}
