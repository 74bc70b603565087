import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { compile, type Files, products, ride, total } from '../itinerary/feed.ts';

const STEPS: Files = {
  ...products({ short: '1.00', middle: '2.00', long: '3.00' }),
  fare_leg_rules:
    'network_id,fare_product_id,min_distance_units,max_distance_units\nn1,short,,5\nn1,middle,5,10\nn1,long,10,\nn2,long,,',
};
const far = (distanceUnits?: number, route = 'r1') =>
  ride(route, 'a', 'b', '12:00:00', '12:20:00', { distanceUnits });

const EDGES: [distance: number, paid: string][] = [
  [0, '1.00'],
  [4.9, '1.00'],
  [5, '2.00'],
  [9, '2.00'],
  [10, '3.00'],
  [1000, '3.00'],
];
for (const [distance, paid] of EDGES) {
  test(`${distance} units cost ${paid}: the lower bound is in, the upper is out`, () =>
    assert.is(total(STEPS, [far(distance)]), paid));
}

test('where the fare is by distance a leg must say its own, and elsewhere it need not', () => {
  assert.is(
    total(STEPS, [far()]),
    'legs.0.fare_distance_units: missing (expected a number: the fare here is by distance)',
  );
  assert.is(total(STEPS, [far(undefined, 'r2')]), '3.00');
});

test('the distance of joined legs is their sum', () => {
  const files = { ...STEPS, fare_leg_join_rules: 'from_network_id,to_network_id\nn1,n1' };
  const leg = (from: string, to: string, time: string) => ({
    ...ride('r1', from, to, time),
    distanceUnits: 4,
  });
  assert.is(total(STEPS, [leg('a', 'b', '12:00:00'), leg('b', 'c', '12:30:00')]), '2.00');
  assert.is(total(files, [leg('a', 'b', '12:00:00'), leg('b', 'c', '12:30:00')]), '2.00');
  const three = [leg('a', 'b', '12:00:00'), leg('b', 'c', '12:30:00'), leg('c', 'd', '13:00:00')];
  assert.is(total(STEPS, three), '3.00');
  assert.is(total(files, three), '3.00');
  assert.is(total(files, [...three, leg('d', 'e', '13:30:00')]), '3.00');
  assert.is(total(STEPS, [...three, leg('d', 'e', '13:30:00')]), '4.00');
});

test('an interval that ends before it begins is refused', () => {
  const rules = 'fare_product_id,min_distance_units,max_distance_units\nshort,5,5';
  assert.equal(compile({ ...STEPS, fare_leg_rules: rules }).errors, [
    'fare_leg_rules.txt:2:9: max_distance_units 5 is not above min_distance_units (expected more than 5)',
  ]);
});

test.run();
