/** The index finds what looking at every place finds, wherever on the globe. */
import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { indexPlaces } from '../../../src/onboard/stops/nearest.ts';

type Degrees = readonly [lat: number, lon: number];

const index = (places: readonly Degrees[]) =>
  indexPlaces({
    ids: places.map((_, place) => place),
    lats: Float64Array.from(places, ([lat]) => lat),
    lons: Float64Array.from(places, ([, lon]) => lon),
  });

const RADIANS = Math.PI / 180;

/** By the angle between two unit vectors: another way than haversine. */
function metresApart([fromLat, fromLon]: Degrees, [toLat, toLon]: Degrees): number {
  const vector = (lat: number, lon: number) => [
    Math.cos(lat * RADIANS) * Math.cos(lon * RADIANS),
    Math.cos(lat * RADIANS) * Math.sin(lon * RADIANS),
    Math.sin(lat * RADIANS),
  ];
  const to = vector(toLat, toLon);
  const chord = Math.hypot(...vector(fromLat, fromLon).map((part, axis) => part - (to[axis] ?? 0)));
  return 2 * 6_371_000 * Math.asin(Math.min(1, chord / 2));
}

const degrees = fc.tuple(
  fc.double({ min: -90, max: 90, noNaN: true }),
  fc.double({ min: -180, max: 180, noNaN: true }),
);

test('the nearest are those that lie nearest when every place is looked at', () => {
  fc.assert(
    fc.property(
      fc.array(degrees, { maxLength: 300 }),
      degrees,
      fc.integer({ min: 0, max: 5 }),
      (places, at, limit) => {
        const found = index(places)(at[0], at[1], limit).map(({ metres }) => metres);
        const all = places.map(place => metresApart(at, place)).sort((a, b) => a - b);
        assert.is(found.length, Math.min(limit, places.length));
        for (const [rank, metres] of found.entries()) assert.ok(Math.abs(metres - (all[rank] ?? 0)) < 1);
      },
    ),
    { numRuns: 200 },
  );
});

test('a place beyond the date line is near', () => {
  const [near] = index([
    [-18, 179.9],
    [-18, 179.99],
  ])(-18, -179.99, 1);
  assert.is(near?.id, 1);
  assert.is(Math.round((near?.metres ?? 0) / 10), 212);
});

test.run();
