/**
 * The nearest of any number of places, by an index over their degrees that is built once (kdbush) and measures along
 * the sphere, over the poles and the date line too (geokdbush).
 */
import { around, distance } from 'geokdbush';
import KDBush from 'kdbush';

/** What an index is built from: places by number, as three columns. */
export interface Places {
  readonly ids: readonly number[];
  readonly lats: Float64Array;
  readonly lons: Float64Array;
}

export interface Near {
  readonly id: number;
  /** On a sphere: within half a per cent of the truth. */
  readonly metres: number;
}

/** At most `limit` places, the nearest first. Degrees of WGS 84. */
export type Nearest = (lat: number, lon: number, limit: number) => readonly Near[];

/** Every place of a leaf is measured: with a quarter of what the index puts into one by itself, a search takes less time. */
const LEAF_PLACES = 16;

export function indexPlaces({ ids, lats, lons }: Places): Nearest {
  if (ids.length === 0) return () => [];
  const index = new KDBush(ids.length, LEAF_PLACES);
  for (const [place, lat] of lats.entries()) index.add(lons[place] ?? 0, lat);
  index.finish();
  return (lat, lon, limit) => {
    // The index takes no limit and none for the same.
    const found = limit < 1 ? [] : around(index, lon, lat, limit);
    return found.map(place => ({
      id: ids[place] ?? 0,
      metres: distance(lon, lat, lons[place] ?? 0, lats[place] ?? 0) * 1000,
    }));
  };
}
