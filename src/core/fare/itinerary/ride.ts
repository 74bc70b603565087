/** An itinerary's legs with every name looked up, and what is wrong with them. */
import { expectedOneOf } from '../../suggest.ts';
import { BEYOND_DAYS, DAY_MS, dayOfDate, type EpochMs, FIRST_DAY, formatDate } from '../../time.ts';
import { type Names, NONE } from '../match/names.ts';
import type { Networks } from '../match/network.ts';
import type { Stops } from '../match/stop.ts';
import { type Itinerary, type ItineraryLeg, LEGS } from './itinerary.ts';
import type { Fault } from './priced.ts';

/** One leg, or several joined into one; names are numbers. */
export interface Ride {
  /** Places in the itinerary, both included. */
  readonly firstLeg: number;
  readonly lastLeg: number;
  readonly route: number;
  readonly network: number;
  readonly from: number;
  readonly to: number;
  readonly departure: EpochMs;
  readonly arrival: EpochMs;
  /** Undefined where it is not known. */
  readonly distance: number | undefined;
  /** Between the two ends. */
  readonly intermediate: readonly number[];
}

export interface Places {
  readonly stops: Stops;
  readonly networks: Networks;
}

const NOWHERE: readonly number[] = [];

/** The rides, or why there are none. */
export function ridesOf(itinerary: Itinerary, places: Places, faults: Fault[]): readonly Ride[] {
  const { legs } = itinerary;
  if (legs.length === 0) faults.push({ path: ['legs'], what: 'an empty list', expected: 'at least one leg' });
  if (legs.length > LEGS) {
    faults.push({ path: ['legs'], what: `${legs.length} legs`, expected: `at most ${LEGS}` });
    return [];
  }
  const rides: Ride[] = [];
  for (let index = 0; index < legs.length; index++) {
    const leg = legs[index];
    if (leg !== undefined) rides.push(rideOf(leg, index, legs[index - 1], places, faults));
  }
  return rides;
}

function rideOf(
  leg: ItineraryLeg,
  index: number,
  before: ItineraryLeg | undefined,
  { stops, networks }: Places,
  faults: Fault[],
): Ride {
  const { departure, arrival } = leg;
  const route = networks.routes.of(leg.routeId);
  if (route === NONE) faults.push(unknown(index, 'route_id', leg.routeId, networks.routes));
  const own = networks.ofRoute[route] ?? NONE;
  const network = leg.networkId === undefined ? own : networks.names.of(leg.networkId);
  if (leg.networkId !== undefined && network === NONE)
    faults.push(unknown(index, 'network_id', leg.networkId, networks.names));
  const from = stops.names.of(leg.fromStopId);
  if (from === NONE) faults.push(unknown(index, 'from_stop_id', leg.fromStopId, stops.names));
  const to = stops.names.of(leg.toStopId);
  if (to === NONE) faults.push(unknown(index, 'to_stop_id', leg.toStopId, stops.names));
  if (departure < FIRST_MS || arrival >= BEYOND_MS) faults.push(outOfTime(index, departure));
  if (arrival < departure) faults.push(outOfOrder(index, 'arrival', 'arrives before it departs', departure));
  if (before !== undefined && departure < before.arrival)
    faults.push(outOfOrder(index, 'departure', `departs before legs.${index - 1} arrives`, before.arrival));
  const intermediate =
    leg.intermediateStopIds === undefined
      ? NOWHERE
      : between(leg.intermediateStopIds, index, stops.names, faults);
  const distance = leg.distanceUnits;
  return {
    firstLeg: index,
    lastLeg: index,
    route,
    network,
    from,
    to,
    departure,
    arrival,
    distance,
    intermediate,
  };
}

function between(ids: readonly string[], leg: number, names: Names, faults: Fault[]): readonly number[] {
  return ids.map((id, place) => {
    const stop = names.of(id);
    if (stop === NONE)
      faults.push({
        ...unknown(leg, 'intermediate_stop_ids', id, names),
        path: ['legs', leg, 'intermediate_stop_ids', place],
      });
    return stop;
  });
}

function unknown(leg: number, key: string, id: string, names: Names): Fault {
  const kind = key === 'route_id' ? 'route' : key === 'network_id' ? 'network' : 'stop';
  return { path: ['legs', leg, key], what: `no ${kind} '${id}'`, expected: expectedOneOf(id, names.all) };
}

/** What no calendar and no clock is compiled for. */
const FIRST_MS = dayOfDate(FIRST_DAY) * DAY_MS;
const BEYOND_MS = dayOfDate(BEYOND_DAYS) * DAY_MS;

function outOfTime(leg: number, departure: EpochMs): Fault {
  const key = departure < FIRST_MS ? 'departure' : 'arrival';
  return {
    path: ['legs', leg, key],
    what: 'a time that no calendar tells',
    expected: `from ${formatDate(FIRST_DAY)} on and before ${formatDate(BEYOND_DAYS)}`,
  };
}

function outOfOrder(leg: number, key: string, what: string, earliest: EpochMs): Fault {
  return { path: ['legs', leg, key], what, expected: `${new Date(earliest).toISOString()} or later` };
}
