/**
 * An entry without an exit, or an exit without an entry: a maximum fare by network and zone, or the rider's usual
 * journey so many times a month (FARES.md 2, 'incomplete' and 'auto-completion').
 */
import type { MinorUnits } from '../money.ts';
import type { ChargeLine } from '../record.ts';
import type { Incomplete, NetworkRules } from '../tariff/networks.ts';
import type { Fare, Tariff } from '../tariff/tariff.ts';
import { monthOf } from '../time.ts';
import { newBill } from './bill.ts';
import { NOBODY, type Payer, payingCategory } from './category.ts';
import { usualEnd } from './habit.ts';
import { pay } from './payment.ts';
import { pointsBeside } from './points.ts';
import { fareOf } from './price.ts';
import { beforeParts, takenBack } from './priced-part.ts';
import { type ClosedJourney, declined, type Rated, ratedOf } from './rated.ts';
import { type Interned, intern, mediumOf, networkOf, type Ride, zoneOf } from './ride.ts';
import type { Journey, RiderState } from './rider.ts';
import { applyRules } from './rules.ts';
import { depositLine, soldFare } from './sold.ts';
import type { Trace } from './trace.ts';

interface Closing {
  readonly closed: readonly ClosedJourney[];
  readonly state: RiderState;
}

/** Ends the open journey of a rider who was never seen to leave; nothing where none is open. */
export function closeIncomplete(
  tariff: Tariff,
  state: RiderState,
  trace: Trace | undefined,
): Closing | undefined {
  const { journey } = state;
  if (journey === undefined || journey.left !== undefined) return undefined;
  const before = beforeParts(tariff, state, journey);
  const network = networkOf(tariff, journey.networkId);
  const rules = tariff.networks[network];
  const ride = rideOf(journey);
  const at = intern(tariff, ride, network, mediumOf(tariff, journey.mediumClass));
  const end =
    rules === undefined ? undefined : ending(tariff, rules, before, at, { ride, known: 'fromStopId' }, trace);
  const { lines, points, after } = charge(tariff, end === undefined ? state : before, {
    ride,
    at,
    end,
    journey,
    trace,
  });
  const { ref: journeyRef, day } = journey;
  return { closed: [{ journeyRef, tariffHash: tariff.hash, day, lines, points }], state: after };
}

/** An exit that no entry belongs to. */
export function enteredNowhere(
  tariff: Tariff,
  state: RiderState,
  ride: Ride,
  at: Interned,
  trace: Trace | undefined,
): Rated {
  const rules = tariff.networks[at.network];
  const end =
    rules === undefined ? undefined : ending(tariff, rules, state, at, { ride, known: 'toStopId' }, trace);
  if (end === undefined) return declined('no-fare', state, 1);
  const { lines, points, after } = charge(tariff, state, { ride, at, end, journey: undefined, trace });
  // Out again at once, it is the same exit held there twice.
  const seen = { ...after, journey: leftUnentered(tariff, ride) };
  return { ...declined('incomplete-journey', seen, 1), lines, points, finality: 'estimate' };
}

function leftUnentered(tariff: Tariff, ride: Ride): Journey {
  const { ref, atMs, serviceDate, networkId, stopId, mediumClass, category } = ride;
  return {
    ref,
    enteredAtMs: atMs,
    day: serviceDate,
    tariffHash: tariff.hash,
    networkId,
    stopId,
    mediumClass,
    category,
    depositMinor: 0 as MinorUnits,
    priced: undefined,
    left: { atMs, stopId },
  };
}

/** An entry and an exit that are not one journey: both are incomplete. */
export function incompleteEnds(
  tariff: Tariff,
  state: RiderState,
  ride: Ride,
  at: Interned,
  trace: Trace | undefined,
): Rated {
  const entry = closeIncomplete(tariff, state, trace);
  const exit = enteredNowhere(tariff, entry?.state ?? state, ride, at, trace);
  return entry === undefined ? exit : { ...exit, reason: 'incomplete-journey', closed: entry.closed };
}

interface Ending {
  readonly payer: Payer;
  readonly fare: Fare;
  readonly toZone: number;
  readonly counts: boolean;
  readonly isGuess: boolean;
}

/** The one end that was seen. */
interface Seen {
  readonly ride: Ride;
  readonly known: 'fromStopId' | 'toStopId';
}

/** How it is taken to have ended, or begun: as it usually does, else at the maximum fare. */
function ending(
  tariff: Tariff,
  rules: NetworkRules,
  state: RiderState,
  at: Interned,
  { ride, known }: Seen,
  trace: Trace | undefined,
): Ending | undefined {
  const { autoCompletion, incomplete } = rules;
  const { stopId, category, networkId, serviceDate: day } = ride;
  const month = monthOf(day);
  const isLeft = autoCompletion !== undefined && completionsIn(state, month) < autoCompletion.perMonth;
  const usual = isLeft ? usualEnd(state.habits, known, stopId, autoCompletion.afterSame) : undefined;
  if (usual !== undefined && autoCompletion !== undefined) {
    const other = zoneOf(tariff, usual);
    const [fromZone, toZone] = known === 'fromStopId' ? [at.zone, other] : [other, at.zone];
    const payer = payingCategory(tariff, state, { category }, day, trace);
    const { network, band, medium } = at;
    const ridden = { network, fromZone, toZone, band, medium, category: payer.category };
    const fare = fareOf(tariff, ridden, band, trace);
    if (fare !== undefined)
      return {
        payer,
        fare: completed(fare, autoCompletion.productId, networkId),
        toZone,
        counts: true,
        isGuess: true,
      };
  }
  if (incomplete === undefined) return undefined;
  const fare = soldFare(soldAt(incomplete, at.zone), 'incomplete-journey');
  return {
    // A maximum fare is nobody's concession and uses up no quota.
    payer: NOBODY,
    fare,
    toZone: at.zone,
    counts: incomplete.countsTowardsCaps,
    isGuess: false,
  };
}

function soldAt({ byZone, otherwise }: Incomplete, zone: number) {
  return byZone[zone] ?? otherwise;
}

/** Marked as a guess by its product and its rule. */
function completed(fare: Fare, productId: number, networkId: string | undefined): Fare {
  const [own, ...others] = fare.lines;
  if (own === undefined) return fare;
  const line: ChargeLine = {
    ...own,
    productId,
    ruleIds: [...own.ruleIds, `auto-completion:${networkId ?? ''}`],
  };
  return { ...fare, productId, lines: [line, ...others] };
}

function completionsIn({ completions }: RiderState, month: number): number {
  return completions?.month === month ? completions.count : 0;
}

interface Charged {
  readonly ride: Ride;
  readonly at: Interned;
  /** Undefined: the network asks nothing beyond the deposit. */
  readonly end: Ending | undefined;
  readonly journey: Journey | undefined;
  readonly trace: Trace | undefined;
}

/** A deposit stays where it is: of the fare, only what is more. */
function charge(
  tariff: Tariff,
  state: RiderState,
  { ride, at, end, journey, trace }: Charged,
): Pick<ClosedJourney, 'lines' | 'points'> & { readonly after: RiderState } {
  if (end === undefined) return { lines: [], points: undefined, after: { ...state, journey: undefined } };
  const day = journey?.day ?? ride.serviceDate;
  const { payer } = end;
  const { network, zone: fromZone, band, medium } = at;
  const category = payer === NOBODY ? (tariff.categories[ride.category]?.index ?? -1) : payer.category;
  const ridden = { network, fromZone, toZone: end.toZone, band, medium, category };
  const bill = newBill(tariff, state, ride, journey, ridden, payer, end.fare, trace);
  bill.isExit = true;
  bill.counts = end.counts;
  bill.asides = asidesOf(tariff, at, journey);
  if (end.counts) applyRules(bill);
  pay(bill);
  bill.after.journey = undefined;
  const month = monthOf(day);
  if (end.isGuess) bill.after.completions = { month, count: completionsIn(state, month) + 1 };
  const { lines, points, state: after } = ratedOf(bill, 1);
  return { lines, points: pointsBeside(points, journey?.priced?.points), after };
}

/** Its deposit, and what an earlier part of it paid. */
function asidesOf(
  { networks }: Tariff,
  { network }: Interned,
  journey: Journey | undefined,
): readonly ChargeLine[] {
  const deposit = networks[network]?.deposit;
  const depositMinor = journey?.depositMinor ?? 0;
  return [
    ...(journey?.priced?.lines ?? []).map(takenBack),
    ...(deposit === undefined || depositMinor === 0 ? [] : [depositLine(deposit, -depositMinor)]),
  ];
}

/** The journey's entry as a tap, for the rules that ask who rode. */
function rideOf({ ref, enteredAtMs, day, networkId, stopId, mediumClass, category }: Journey): Ride {
  return { ref, atMs: enteredAtMs, serviceDate: day, trip: '', networkId, stopId, mediumClass, category };
}
