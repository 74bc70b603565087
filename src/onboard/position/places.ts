/** What a place says of a route and of a stop: one mapping for every source of position. */
import { known } from '../../core/known.ts';
import type { Place } from '../../core/tap.ts';
import type { Route, Stop } from '../stops/place.ts';

export function placeOfRoute(route: Route): Pick<Place, 'routeId' | 'line' | 'networkId'> {
  return known({ routeId: route.routeId, line: route.line, networkId: route.networkIds[0] });
}

export function placeOfStop(stop: Stop): Pick<Place, 'stopId' | 'stopName' | 'zoneIds' | 'lat' | 'lon'> {
  const zoneIds = stop.zoneId === undefined ? undefined : [stop.zoneId];
  return known({ stopId: stop.stopId, stopName: stop.name, zoneIds, lat: stop.lat, lon: stop.lon });
}
