import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { ItineraryLeg } from '../../../../src/core/fare/itinerary/itinerary.ts';
import { type Files, products, rate, ride, saidOf } from './feed.ts';

const FLAT: Files = { ...products({ fare: '2.00' }), fare_leg_rules: 'fare_product_id\nfare' };
const faults = (...legs: readonly ItineraryLeg[]) => saidOf(rate(FLAT, { legs }));

const WRONG: [what: string, legs: ItineraryLeg[], ...said: string[]][] = [
  ['no leg', [], 'legs: an empty list (expected at least one leg)'],
  ['a route that is nowhere', [ride('r11', 'a', 'b')], "legs.0.route_id: no route 'r11' (expected 'r1')"],
  [
    'stops that are nowhere, both at once',
    [ride('r1', 'aa', 'p11')],
    "legs.0.from_stop_id: no stop 'aa' (expected 'a')",
    "legs.0.to_stop_id: no stop 'p11' (expected 'p1')",
  ],
  [
    'an arrival before its departure',
    [ride('r1', 'a', 'b', '12:00:00', '11:59:59')],
    'legs.0.arrival: arrives before it departs (expected 2026-03-02T12:00:00.000Z or later)',
  ],
  [
    'a departure before the leg before has arrived',
    [ride('r1', 'a', 'b', '12:00:00'), ride('r1', 'b', 'c', '12:19:59')],
    'legs.1.departure: departs before legs.0 arrives (expected 2026-03-02T12:20:00.000Z or later)',
  ],
  [
    'more legs than anybody rides in a day',
    Array.from({ length: 101 }, () => ride('r11', 'a', 'b')),
    'legs: 101 legs (expected at most 100)',
  ],
  [
    'a departure before any calendar',
    [ride('r1', 'a', 'b', '1969-12-31T23:59:00Z', '1970-01-01T00:00:00Z')],
    'legs.0.departure: a time that no calendar tells (expected from 1970-01-01 on and before 2100-01-01)',
  ],
  [
    'an arrival after every calendar',
    [ride('r1', 'a', 'b', '2099-12-31T23:59:00Z', '2100-01-01T00:00:00Z')],
    'legs.0.arrival: a time that no calendar tells (expected from 1970-01-01 on and before 2100-01-01)',
  ],
];
for (const [what, legs, ...said] of WRONG) {
  test(`an itinerary with ${what} is refused`, () => assert.equal(faults(...legs), said));
}

test('a hundred legs are an itinerary, on the first day and on the last that calendars tell', () => {
  const at = (day: string) => Array.from({ length: 100 }, () => ride('r1', 'a', 'b', day, day));
  assert.equal(faults(...at('1970-01-01T00:00:00Z')), []);
  assert.equal(faults(...at('2099-12-31T23:59:59Z')), []);
});

test('a leg may take no time, and the next may leave at once', () => {
  assert.equal(faults(ride('r1', 'a', 'b', '12:00:00', '12:00:00'), ride('r1', 'b', 'c', '12:00:00')), []);
});

test('a leg may come back to where it began', () => {
  assert.equal(faults(ride('r1', 'a', 'a')), []);
});

test.run();
