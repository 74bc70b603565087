/** Where the driver says the vehicle is, until the driver says otherwise. */
import { known } from '../../core/known.ts';
import { NOWHERE, type Place } from '../../core/tap.ts';
import type { Stops } from '../stops/stops.ts';
import type { Observation } from './observation.ts';
import { placeOfRoute, placeOfStop } from './places.ts';
import type { Position } from './position.ts';

interface Choice {
  readonly routeId?: string | undefined;
  readonly tripId?: string | undefined;
  readonly stopId?: string | undefined;
}

/** A route or stop that the feed does not know is not taken for a place: the tap is then graced as 'stop unknown'. */
export function driverPosition(stops: Stops, choice: Choice): Position {
  let chosen = choice;
  let place = placeOf(stops, chosen);
  return {
    placeAt: () => place,
    observe(seen) {
      if (seen.kind !== 'driver') return;
      chosen = chosenNext(chosen, seen);
      place = placeOf(stops, chosen);
    },
  };
}

/** A line leaves the trip of another behind; a stop is where the vehicle stands, whichever line it runs. */
function chosenNext(before: Choice, seen: Extract<Observation, { kind: 'driver' }>): Choice {
  const { routeId, tripId, stopId = before.stopId } = seen;
  if (routeId === undefined && tripId === undefined) return { ...before, stopId };
  return { routeId, tripId, stopId };
}

function placeOf(stops: Stops, { routeId, tripId, stopId }: Choice): Place {
  const trip = tripId === undefined ? undefined : stops.trip(tripId);
  const onRoute = trip?.routeId ?? routeId;
  const route = onRoute === undefined ? undefined : stops.route(onRoute);
  const stop = stopId === undefined ? undefined : stops.stop(stopId);
  if (route === undefined && stop === undefined) return NOWHERE;
  return known({
    source: 'driver',
    quality: 'certain',
    ...(route === undefined ? {} : placeOfRoute(route)),
    tripId: trip?.tripId,
    direction: trip?.directionId,
    lastStopId: trip?.stopTimes.at(-1)?.stopId,
    ...(stop === undefined ? {} : placeOfStop(stop)),
  });
}
