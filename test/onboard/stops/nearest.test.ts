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

/** Numbers with a point are mostly tiny ones: whole steps of about a metre lie all over a town. */
const step = fc.integer({ min: -2500, max: 2500 }).map(metres => metres / 100_000);
const aside = fc.tuple(step, step);

/** Also where degrees end. */
const somewhere = fc.oneof(
  degrees,
  fc.constantFrom<Degrees>([-18, 179.995], [66, -179.99], [89.99, 30], [-90, 0]),
);

/** Where somebody stands, and places all over the globe or in one town around them. */
const standing = fc.tuple(
  somewhere,
  fc.array(degrees, { maxLength: 300 }),
  fc.array(aside, { maxLength: 300, size: 'max' }),
);

const inTown = ([lat, lon]: Degrees, all: readonly Degrees[]): Degrees[] =>
  all.map(([north, east]) => [Math.max(-90, Math.min(90, lat + north)), ((lon + east + 540) % 360) - 180]);

test('the nearest are those that lie nearest when every place is looked at', () => {
  fc.assert(
    fc.property(standing, fc.integer({ min: 0, max: 5 }), ([at, far, near], limit) => {
      const places = [...far, ...inTown(at, near)];
      const found = index(places)(at[0], at[1], limit).map(({ metres }) => metres);
      const all = places.map(place => metresApart(at, place)).sort((a, b) => a - b);
      assert.is(found.length, Math.min(limit, places.length));
      for (const [rank, metres] of found.entries()) assert.ok(Math.abs(metres - (all[rank] ?? 0)) < 1);
    }),
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
