/** Where the driver says the vehicle is, until the driver says otherwise. */
import { known } from '../../core/known.ts';
import { NOWHERE, type Place } from '../../core/tap.ts';
import type { Stops } from '../stops/stops.ts';
import { placeOfRoute, placeOfStop } from './places.ts';
import type { Position } from './position.ts';

/** A route or stop that the feed does not know is not taken for a place: the tap is then graced as 'stop unknown'. */
export function driverPosition(
  stops: Stops,
  choice: { routeId: string; stopId?: string | undefined },
): Position {
  const route = stops.route(choice.routeId);
  const stop = choice.stopId === undefined ? undefined : stops.stop(choice.stopId);
  const place: Place =
    route === undefined && stop === undefined
      ? NOWHERE
      : known({
          source: 'driver',
          quality: 'certain',
          ...(route === undefined ? {} : placeOfRoute(route)),
          ...(stop === undefined ? {} : placeOfStop(stop)),
        });
  return { placeAt: () => place };
}
