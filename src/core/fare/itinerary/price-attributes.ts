/**
 * An itinerary under GTFS Fares v1: the cheapest partition of its legs into rides on one fare each. A fare covers
 * legs in a row, as many as its transfers allow, boarded within its transfer duration of the first.
 */
import type { MinorUnits } from '../../money.ts';
import { NONE } from '../match/names.ts';
import type { AttributeFares, Clause, Fare } from './fare-attributes.ts';
import type { Itinerary } from './itinerary.ts';
import { type FareLeg, type Fault, noStopsBetween, type Priced } from './priced.ts';
import { type Ride, ridesOf } from './ride.ts';

/** Legs up to some place, paid. */
interface Paid {
  readonly cost: number;
  readonly fare: Fare;
  /** The leg from which that fare covers them. */
  readonly from: number;
  readonly before: Paid | undefined;
}

export function priceAttributes(fares: AttributeFares, itinerary: Itinerary): Priced {
  const faults: Fault[] = [];
  const rides = ridesOf(itinerary, fares, faults);
  if (faults.length > 0) return { kind: 'refused', faults };
  const zones = rides.map(ride => zonesOf(ride, fares));
  const paid: (Paid | undefined)[] = [];
  const priced = new Set<number>();
  let currency = NONE;
  for (let last = 0; last < rides.length; last++) {
    let best: Paid | undefined;
    const entered = new Set<number>();
    for (let first = last; first >= 0; first--) {
      for (const zone of zones[first] ?? []) entered.add(zone);
      for (const fare of fares.fares) {
        if (!covers(fare, rides.slice(first, last + 1), entered, fares)) continue;
        for (let leg = first; leg <= last; leg++) priced.add(leg);
        if (currency !== NONE && currency !== fare.currency)
          return { kind: 'refused', faults: [twoCurrencies(fares, first, currency, fare.currency)] };
        currency = fare.currency;
        const before = paid[first - 1];
        if (first > 0 && before === undefined) continue;
        const cost = (before?.cost ?? 0) + fare.price;
        if (best === undefined || cost < best.cost) best = { cost, fare, from: first, before };
      }
    }
    paid[last] = best;
  }
  return answer(fares, itinerary, rides, paid.at(-1), priced);
}

function answer(
  fares: AttributeFares,
  itinerary: Itinerary,
  rides: readonly Ride[],
  paid: Paid | undefined,
  priced: ReadonlySet<number>,
): Priced {
  const { currencies } = fares;
  const unpriced = rides.flatMap((_, leg) => (priced.has(leg) ? [] : [leg]));
  const currency = paid === undefined ? onlyOne(currencies.all) : currencies.nameOf(paid.fare.currency);
  const total = paid?.cost as MinorUnits | undefined;
  const totalByMedium = new Map(total === undefined ? [] : [['', total] as const]);
  return {
    kind: 'priced',
    currency,
    total,
    totalByMedium,
    fareLegs: fareLegsOf(paid, itinerary.legs.length),
    unpriced,
    notes: notesOf(fares, rides, itinerary.legs),
  };
}

/** Fares by the zones entered can do without the stops between, where the ends are all there is. */
function notesOf({ fares }: AttributeFares, rides: readonly Ride[], legs: Itinerary['legs']): Fault[] {
  const byZones = fares.flatMap(({ clauses }) => clauses.filter(({ contains }) => contains.length > 0));
  return rides.flatMap(({ route, firstLeg }) => {
    const isAsked = byZones.some(clause => clause.route === NONE || clause.route === route);
    if (!isAsked || legs[firstLeg]?.intermediateStopIds !== undefined) return [];
    return [noStopsBetween(firstLeg, 'zones entered')];
  });
}

function onlyOne<T>(all: readonly T[]): T | undefined {
  return all.length === 1 ? all[0] : undefined;
}

function fareLegsOf(paid: Paid | undefined, legs: number): FareLeg[] {
  const fareLegs: FareLeg[] = [];
  for (let at = paid, end = legs; at !== undefined; end = at.from, at = at.before) {
    const { fare, from } = at;
    const covered = Array.from({ length: end - from }, (_, place) => from + place);
    fareLegs.unshift({ legs: covered, product: fare.fareId, medium: '', amount: fare.price as MinorUnits });
  }
  return fareLegs;
}

function covers(
  fare: Fare,
  rides: readonly Ride[],
  entered: ReadonlySet<number>,
  fares: AttributeFares,
): boolean {
  const [first] = rides;
  const last = rides.at(-1);
  if (first === undefined || last === undefined || rides.length > fare.legs) return false;
  if (rides.length > 1 && last.departure - first.departure > fare.durationMs) return false;
  if (fare.agency !== NONE && rides.some(({ route }) => fares.agencyOfRoute[route] !== fare.agency))
    return false;
  if (fare.clauses.length === 0) return true;
  const origin = fares.zoneOfStop[first.from] ?? NONE;
  const destination = fares.zoneOfStop[last.to] ?? NONE;
  const holding = fare.clauses.filter(clause => holds(clause, origin, destination, entered));
  return rides.every(({ route }) => holding.some(clause => clause.route === NONE || clause.route === route));
}

function holds(clause: Clause, origin: number, destination: number, entered: ReadonlySet<number>): boolean {
  if (clause.origin !== NONE && clause.origin !== origin) return false;
  if (clause.destination !== NONE && clause.destination !== destination) return false;
  // 'The zones that a rider will enter while using a given fare class': all of them, and no others.
  if (clause.contains.length === 0) return true;
  return clause.contains.length === entered.size && clause.contains.every(zone => entered.has(zone));
}

function zonesOf({ from, intermediate, to }: Ride, { zoneOfStop }: AttributeFares): readonly number[] {
  return [from, ...intermediate, to].map(stop => zoneOfStop[stop] ?? NONE).filter(zone => zone !== NONE);
}

function twoCurrencies({ currencies }: AttributeFares, leg: number, a: number, b: number): Fault {
  const both = `${currencies.nameOf(a)} and ${currencies.nameOf(b)}`;
  return {
    path: ['legs', leg],
    what: `the journey is priced in two currencies, ${both}`,
    expected: 'one currency',
  };
}
