/**
 * Journeys between an entry and an exit tap (FARES.md 2): begun, ended wherever they were opened, gone on with at a
 * linked stop. What was never left, or never entered, is `incomplete.ts`.
 */
import type { MinorUnits } from '../money.ts';
import { bandAt } from '../tariff/bands.ts';
import type { Linking, NetworkRules, Sold } from '../tariff/networks.ts';
import type { Tariff } from '../tariff/tariff.ts';
import { type Tariffs, tariffOfHash } from '../tariff/versions.ts';
import { addRule, type Bill, newBill } from './bill.ts';
import { NOBODY, payingCategory } from './category.ts';
import { habitsAfter } from './habit.ts';
import { closeIncomplete, enteredNowhere, incompleteEnds } from './incomplete.ts';
import { isTooLong, type Travelled } from './maximum-time.ts';
import { isHeldTwice } from './passback.ts';
import { pay } from './payment.ts';
import { pointsBeside } from './points.ts';
import { fareOf } from './price.ts';
import { beforeParts, pricedPart, takenBack } from './priced-part.ts';
import { mayBegin } from './purse.ts';
import { declined, type Rated, ratedOf } from './rated.ts';
import { type Interned, networkOf, type Ride, zoneOf } from './ride.ts';
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
  if (ride.wasRidden !== true && !mayBegin(tariff, before, at.medium)) return declined('purse-low', state, 1);
  const opened = openedBy(tariff, ride, rules.deposit);
  if (rules.deposit === undefined) return beside(begun(before, opened), closed);
  const bill = depositBill(rules.deposit, tariff, before, ride, at, trace);
  const refused = pay(bill);
  if (refused !== undefined) return declined(refused, state, 1);
  bill.after.journey = opened;
  return beside({ ...ratedOf(bill, 1), finality: 'estimate' }, closed);
}

function beside(rated: Rated, closing: ReturnType<typeof closeIncomplete>): Rated {
  return closing === undefined ? rated : { ...rated, closed: closing.closed };
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

function openedBy(tariff: Tariff, ride: Ride, deposit: Sold | undefined): Journey {
  return {
    ref: ride.ref,
    enteredAtMs: ride.atMs,
    day: ride.serviceDate,
    tariffHash: tariff.hash,
    networkId: ride.networkId,
    stopId: ride.stopId,
    mediumClass: ride.mediumClass,
    category: ride.category,
    depositMinor: deposit?.amountMinor ?? NOTHING,
    priced: undefined,
    left: undefined,
  };
}

/** Nothing is paid, so there is no bill; what the journey costs is known when it ends. */
function begun(state: RiderState, journey: Journey): Rated {
  const { purseMinor } = state;
  return {
    ...declined('journey-begun', { ...state, journey }, 1),
    purseBeforeMinor: purseMinor,
    purseAfterMinor: purseMinor,
    finality: 'estimate',
  };
}

function depositBill(
  deposit: Sold,
  tariff: Tariff,
  before: RiderState,
  ride: Ride,
  { network, zone, band, medium }: Interned,
  trace: Trace | undefined,
): Bill {
  // Whose ride of a quota it is, is asked when it ends.
  const ridden = { network, fromZone: zone, toZone: zone, band, medium, category: NOBODY.category };
  const bill = newBill(tariff, before, ride, undefined, ridden, NOBODY, WITHOUT_FARE, trace);
  bill.counts = false;
  bill.asides = [depositLine(deposit, deposit.amountMinor)];
  return bill;
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
    if (journey?.left !== undefined && isHeldTwice(tariff, journey.left, ride, trace))
      return declined('passback', state, 1, journey.ref);
    return enteredNowhere(tariff, state, ride, at, trace);
  }
  const way = wayOf(tariff, journey, ride, at);
  if (way === undefined) return declined('no-fare', state, 1);
  const { network, rules, fromZone, toZone, band } = way;
  if (isTooLong(tariff, rules, way, trace)) {
    trace?.applied(`maximum-time:${journey.networkId ?? ''}`, 'two incomplete journeys');
    return incompleteEnds(tariff, state, ride, { ...at, network }, trace);
  }
  const before = beforeParts(tariff, state, journey);
  const { proofExpired, quotaUsed } = ride;
  const holder = { category: journey.category, proofExpired, quotaUsed };
  const payer = payingCategory(tariff, before, holder, journey.day, trace);
  const ridden = { network, fromZone, toZone, band, medium: at.medium, category: payer.category };
  const same = sameStopFare(rules, journey, ride, way.elapsedMs, trace);
  const fare = same ?? fareOf(tariff, ridden, at.band, trace);
  if (fare === undefined) return endedNowhere(tariff, state, journey, ride, trace);
  const bill = newBill(tariff, before, ride, journey, ridden, payer, fare, trace);
  bill.counts = same === undefined;
  return leave(bill, journey, way);
}

/** From an entry to this exit. */
interface Way extends Travelled {
  /** By whose rules it is a journey, and where its deposit was taken. */
  readonly network: number;
  readonly rules: NetworkRules;
  readonly deposit: Sold | undefined;
}

function wayOf(tariff: Tariff, journey: Journey, ride: Ride, at: Interned): Way | undefined {
  const { networks, bands, zone } = tariff;
  const { networkId, stopId, enteredAtMs } = journey;
  const entered = networkOf(tariff, networkId);
  // Out where nobody taps out, or at a gate that no network knows: the way is that of its entry.
  const network = networks[at.network]?.taps === 'entry-exit' ? at.network : entered;
  const rules = networks[network];
  if (rules === undefined) return undefined;
  return {
    network,
    rules,
    deposit: networks[entered]?.deposit,
    networkId,
    fromZone: zoneOf(tariff, stopId),
    toZone: at.zone,
    band: bandAt(bands, zone, enteredAtMs),
    // A clock behind the entry's says nothing of how long it took: the journey counts as of that moment.
    elapsedMs: Math.max(0, ride.atMs - enteredAtMs),
  };
}

function leave(bill: Bill, journey: Journey, { rules, deposit }: Way): Rated {
  const { ride, before } = bill;
  const { priced, depositMinor } = journey;
  bill.isExit = true;
  if (ride.atMs < journey.enteredAtMs) bill.graced = [...bill.graced, 'clock-unsynced'];
  if (priced !== undefined) goOn(bill, journey, priced);
  if (bill.counts) applyRules(bill);
  bill.journeyRef ??= journey.ref;
  if (deposit !== undefined && depositMinor > 0)
    bill.asides = [...bill.asides, depositLine(deposit, -depositMinor)];
  pay(bill);
  const isLinked = bill.counts && rules.linking !== undefined;
  bill.after.journey = leftBehind(journey, isLinked ? pricedPart(bill) : undefined, ride);
  if (bill.counts) bill.after.habits = habitsAfter(rules, before.habits, journey.stopId, ride.stopId);
  const rated = ratedOf(bill, 1);
  return priced === undefined ? rated : { ...rated, points: pointsBeside(rated.points, priced.points) };
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
