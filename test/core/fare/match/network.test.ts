import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { compile, type Files, products, rate, ride, saidOf, total } from '../itinerary/feed.ts';

const PRICES = products({ one: '1.00', other: '0.50' });
const without: Files = { ...PRICES, fare_leg_rules: 'network_id,fare_product_id\nn1,one\n,other' };
const withColumn: Files = {
  ...PRICES,
  fare_leg_rules: 'network_id,fare_product_id,rule_priority\nn1,one,\n,other,',
};
const withPriority: Files = {
  ...PRICES,
  fare_leg_rules: 'network_id,fare_product_id,rule_priority\nn1,one,2\n,other,1',
};

const EMPTY: [what: string, files: Files, route: string, paid: string][] = [
  ['without priorities an empty network is not one that another rule lists', without, 'r1', '1.00'],
  ['without priorities an empty network is any that no rule lists', without, 'r2', '0.50'],
  ['without priorities a route in no network is in none that is listed', without, 'r0', '0.50'],
  [
    'with the column, though it be empty, an empty network is any: the rules are equal',
    withColumn,
    'r1',
    '0.50',
  ],
  ['with priorities the highest that matches wins', withPriority, 'r1', '1.00'],
  ['with priorities an empty network is left for the others', withPriority, 'r2', '0.50'],
];
for (const [what, files, route, paid] of EMPTY) {
  test(what, () => assert.is(total(files, [ride(route, 'a', 'b')]), paid));
}

test('a network may come from route_networks.txt', () => {
  const files = {
    ...without,
    routes: 'route_id,route_type\nr1,3\nr2,3',
    networks: 'network_id\nn1',
    route_networks: 'network_id,route_id\nn1,r1',
  };
  assert.is(total(files, [ride('r1', 'a', 'b')]), '1.00');
  assert.is(total(files, [ride('r2', 'a', 'b')]), '0.50');
});

const BOTH: [beside: Files, file: string][] = [
  [{ route_networks: 'network_id,route_id\nn1,r1' }, 'route_networks.txt'],
  [{ networks: 'network_id\nn1' }, 'networks.txt'],
  [
    { networks: 'network_id\nn1', route_networks: 'network_id,route_id' },
    'networks.txt and route_networks.txt',
  ],
];
for (const [beside, file] of BOTH) {
  test(`networks in routes.txt and in ${file} are refused, both named`, () => {
    assert.equal(compile({ ...without, ...beside }).errors, [
      `routes.txt:3:6: networks come from network_id in routes.txt and from ${file} (expected one of them)`,
    ]);
  });
}

test('an empty network_id column in routes.txt is no second source', () => {
  const files = {
    ...without,
    routes: 'route_id,route_type,network_id\nr1,3,\nr2,3,',
    networks: 'network_id\nn1',
    route_networks: 'network_id,route_id\nn1,r1',
  };
  assert.is(total(files, [ride('r1', 'a', 'b')]), '1.00');
});

test("a leg may name its network, also another than its route's: then that is said", () => {
  const own = rate(without, { legs: [ride('r1', 'a', 'b', '12:00:00', '12:20:00', { networkId: 'n1' })] });
  assert.equal(saidOf(own), []);
  const other = { legs: [ride('r1', 'a', 'b', '12:00:00', '12:20:00', { networkId: 'n2' })] };
  assert.is(total(without, other.legs), '0.50');
  assert.equal(saidOf(rate(without, other)), [
    "legs.0.network_id: the route 'r1' is in another network; the leg's is kept to (expected 'n1')",
  ]);
});

test('a network that is nowhere is refused, in a leg and in a rule, with the nearest spelling', () => {
  const legs = [ride('r1', 'a', 'b', '12:00:00', '12:20:00', { networkId: 'm1' })];
  assert.is(total(without, legs), "legs.0.network_id: no network 'm1' (expected 'n1')");
  const rules = 'network_id,fare_product_id\nm1,one';
  assert.equal(compile({ ...without, fare_leg_rules: rules }).errors, [
    "fare_leg_rules.txt:2:1: no network_id 'm1' (expected 'n1')",
  ]);
});

test.run();
