/**
 * The nearest of some thousand places: every one is looked at, which at this size is as fast as an index.
 */

/** Places by number, as three columns. */
export interface Places {
  readonly ids: readonly number[];
  readonly lats: Float64Array;
  readonly lons: Float64Array;
}

export interface Near {
  readonly id: number;
  readonly metres: number;
}

const EARTH_RADIUS_M = 6_371_008.8;
const RADIANS = Math.PI / 180;

/** At most `limit` places, the nearest first. */
export function nearest(places: Places, lat: number, lon: number, limit: number): readonly Near[] {
  const best: Near[] = [];
  for (const [index, id] of places.ids.entries()) {
    const metres = metresBetween(lat, lon, places.lats[index] ?? 0, places.lons[index] ?? 0);
    const farthest = best.at(-1);
    if (best.length >= limit && farthest !== undefined && metres >= farthest.metres) continue;
    const place = best.findIndex(near => near.metres > metres);
    best.splice(place === -1 ? best.length : place, 0, { id, metres });
    if (best.length > limit) best.pop();
  }
  return best;
}

/** Along the surface of a sphere (haversine): within half a per cent of the truth. */
export function metresBetween(fromLat: number, fromLon: number, toLat: number, toLon: number): number {
  const halfLat = Math.sin(((toLat - fromLat) * RADIANS) / 2);
  const halfLon = Math.sin(((toLon - fromLon) * RADIANS) / 2);
  const chord =
    halfLat * halfLat + Math.cos(fromLat * RADIANS) * Math.cos(toLat * RADIANS) * halfLon * halfLon;
  return 2 * EARTH_RADIUS_M * Math.asin(Math.min(1, Math.sqrt(chord)));
}
