/**
 * The nearest of any number of places, by an index over their degrees that is built once (kdbush). Places near by are found
 * in a box; where there are too few, or the box would reach a pole or the date line, along the sphere (geokdbush).
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

/** Boxes that are tried one after another: as far as the next stop is in a town, at its edge, and in the country. */
const REACHES_M = [400, 1_200, 3_600];

const METRES_PER_DEGREE = 111_195;
/** So much wider is a box than what it is for, so that no rounding leaves out what lies at its edge. */
const SLACK = 1.01;

export function indexPlaces({ ids, lats, lons }: Places): Nearest {
  if (ids.length === 0) return () => [];
  const index = new KDBush(ids.length, LEAF_PLACES);
  for (const [place, lat] of lats.entries()) index.add(lons[place] ?? 0, lat);
  index.finish();

  const nearOf = (place: number, lat: number, lon: number): Near => ({
    id: ids[place] ?? 0,
    metres: distance(lon, lat, lons[place] ?? 0, lats[place] ?? 0) * 1000,
  });

  /** Undefined where fewer lie within reach: others may be as near. */
  const within = (reachM: number, lat: number, lon: number, limit: number): readonly Near[] | undefined => {
    const byLat = (reachM * SLACK) / METRES_PER_DEGREE;
    const farthestLat = Math.abs(lat) + byLat;
    const byLon = byLat / Math.cos((farthestLat * Math.PI) / 180);
    if (farthestLat >= 90 || Math.abs(lon) + byLon >= 180) return undefined;
    const boxed = index.range(lon - byLon, lat - byLat, lon + byLon, lat + byLat);
    const near = boxed.map(place => nearOf(place, lat, lon)).filter(({ metres }) => metres <= reachM);
    return near.length < limit ? undefined : near.sort((a, b) => a.metres - b.metres).slice(0, limit);
  };

  return (lat, lon, limit) => {
    // The index takes no limit and none for the same.
    if (limit < 1) return [];
    for (const reachM of REACHES_M) {
      const near = within(reachM, lat, lon, limit);
      if (near !== undefined) return near;
    }
    return around(index, lon, lat, limit).map(place => nearOf(place, lat, lon));
  };
}
