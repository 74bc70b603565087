/** An itinerary under GTFS Fares v2: joins first, then leg rules, then the cheapest way through products and transfers. */
import type { MinorUnits } from '../../money.ts';
import { isDistanceBased } from '../match/distance.ts';
import type { Match } from '../match/matcher.ts';
import { NONE } from '../match/names.ts';
import { cheapestOf, waysByMedium } from './by-medium.ts';
import { foundCurrency } from './currency.ts';
import type { Itinerary } from './itinerary.ts';
import { joined } from './join.ts';
import type { LegFares } from './leg-fares.ts';
import type { Offer } from './offer.ts';
import { type FareLeg, type Fault, noStopsBetween, type Priced } from './priced.ts';
import type { PriceList } from './product.ts';
import { type Ride, ridesOf } from './ride.ts';
import { categoriesOf, mediaOf } from './rider.ts';
import { chargesOf, type Way } from './way.ts';

export function priceLegs(fares: LegFares, itinerary: Itinerary): Priced {
  const faults: Fault[] = [];
  const single = ridesOf(itinerary, fares.matcher, faults);
  const categories = categoriesOf(itinerary.rider, fares.products, faults);
  const media = mediaOf(itinerary.rider, fares.products, faults);
  if (faults.length > 0) return { kind: 'refused', faults };

  const notes: Fault[] = [];
  noteNetworks(fares, itinerary, notes);
  const rides = joined(single, fares.joins);
  const { prices, offered, unpriced } = offersFor(fares, rides, categories, itinerary, faults, notes);
  const currency = foundCurrency(fares, prices, offered, media, rides, faults);
  const ways = faults.length > 0 ? [] : waysByMedium(fares, prices, rides, offered, media, faults);
  if (faults.length > 0) return { kind: 'refused', faults };

  const names = fares.products.media.names;
  const totalByMedium = new Map<string, MinorUnits>();
  for (const { medium, way } of ways) totalByMedium.set(names.nameOf(medium), way.cost as MinorUnits);
  const best = cheapestOf(ways);
  if (best === undefined)
    return { kind: 'priced', currency, total: undefined, totalByMedium, fareLegs: [], unpriced, notes };
  const total = best.way.cost as MinorUnits;
  const fareLegs = fareLegsOf(fares, rides, best.way, names.nameOf(best.medium));
  return { kind: 'priced', currency, total, totalByMedium, fareLegs, unpriced, notes };
}

interface Offered {
  readonly prices: PriceList;
  /** By ride. */
  readonly offered: readonly Offer[];
  /** Legs that no rule matches. */
  readonly unpriced: readonly number[];
}

function offersFor(
  fares: LegFares,
  rides: readonly Ride[],
  categories: readonly number[],
  itinerary: Itinerary,
  faults: Fault[],
  notes: Fault[],
): Offered {
  const offers = fares.offersFor(categories);
  const offered: Offer[] = [];
  const unpriced: number[] = [];
  for (const ride of rides) {
    const match = matchOf(fares, ride);
    if (match.conditional) askWhatRulesAsk(match, ride, itinerary, faults, notes);
    const winners = fares.matcher.winners(match, travelledBy(match, ride));
    if (winners.length === 0) for (let leg = ride.firstLeg; leg <= ride.lastLeg; leg++) unpriced.push(leg);
    offered.push(offers.of(match, winners));
  }
  return { prices: offers.prices, offered, unpriced };
}

function matchOf({ matcher }: LegFares, ride: Ride): Match {
  const { areas, timeframes } = matcher;
  return matcher.match(
    ride.network,
    areas.from.classOfStop[ride.from] ?? 0,
    areas.to.classOfStop[ride.to] ?? 0,
    timeframes.setAt(ride.from, ride.departure),
    timeframes.setAt(ride.to, ride.arrival),
  );
}

const NOT_ASKED = { distance: undefined, stops: [] };

function travelledBy({ conditional }: Match, { from, intermediate, to, distance }: Ride) {
  return conditional ? { distance, stops: [from, ...intermediate, to] } : NOT_ASKED;
}

/** Rules by distance cannot do without it; rules by areas travelled through can, where the ends are all there is. */
function askWhatRulesAsk(
  match: Match,
  ride: Ride,
  { legs }: Itinerary,
  faults: Fault[],
  notes: Fault[],
): void {
  for (let index = ride.firstLeg; index <= ride.lastLeg; index++) {
    if (legs[index]?.distanceUnits === undefined && match.rules.some(({ row }) => isDistanceBased(row))) {
      const expected = 'a number: the fare here is by distance';
      faults.push({ path: ['legs', index, 'fare_distance_units'], what: 'missing', expected });
    }
    const byAreas = match.rules.some(
      ({ row }) => row.contains_area_set_id !== undefined || row.contains_exactly_area_set_id !== undefined,
    );
    if (!byAreas || legs[index]?.intermediateStopIds !== undefined) continue;
    notes.push(noStopsBetween(index, 'areas travelled through'));
  }
}

/** A leg may name another network than its route's: a replacement, or a slip. */
function noteNetworks({ matcher: { networks } }: LegFares, { legs }: Itinerary, notes: Fault[]): void {
  for (let index = 0; index < legs.length; index++) {
    const leg = legs[index];
    if (leg?.networkId === undefined) continue;
    const own = networks.ofRoute[networks.routes.of(leg.routeId)] ?? NONE;
    if (own === NONE || own === networks.names.of(leg.networkId)) continue;
    const what = `the route '${leg.routeId}' is in another network; the leg's is kept to`;
    notes.push({ path: ['legs', index, 'network_id'], what, expected: `'${networks.names.nameOf(own)}'` });
  }
}

function fareLegsOf(fares: LegFares, rides: readonly Ride[], last: Way, medium: string): FareLeg[] {
  return chargesOf(last).map(({ way, amount }, index): FareLeg => {
    const { firstLeg = 0, lastLeg = 0 } = rides[index] ?? {};
    const legs = Array.from({ length: lastLeg - firstLeg + 1 }, (_, place) => firstLeg + place);
    const product = fares.products.names.nameOf(way.option.product);
    if (way.rule === undefined) return { legs, product, medium, amount };
    const transferRule = `fare_transfer_rules.txt:${way.rule.row.line}`;
    const { fare_product_id: transferProduct } = way.rule.row;
    return { legs, product, medium, amount, transferRule, transferProduct };
  });
}
