import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { compile, type Files, products, rate, ride, saidOf, total } from '../itinerary/feed.ts';

/** Zones 1, 2, 3 in a row: a, b, c; d is in none. */
const ZONES: Files = {
  ...products({ contains: '3.00', exactly: '2.00' }),
  areas: 'area_id\n1\n2\n3',
  stop_areas: 'area_id,stop_id\n1,a\n2,b\n3,c\n3,s',
  area_sets: 'area_set_id\n12\n13\n123',
  area_set_elements: 'area_set_id,area_id\n12,1\n12,2\n13,1\n13,3\n123,1\n123,2\n123,3',
};
const rule = (contains: string, exactly: string): Files => ({
  ...ZONES,
  fare_leg_rules: `fare_product_id,contains_area_set_id,contains_exactly_area_set_id\n${
    contains === '' ? 'exactly' : 'contains'
  },${contains},${exactly}`,
});
const through = (from: string, to: string, ...intermediateStopIds: string[]) => [
  ride('r1', from, to, '12:00:00', '12:20:00', { intermediateStopIds }),
];

const ROWS: [contains: string, exactly: string, stops: [string, string, ...string[]], paid: string | null][] =
  [
    ['12', '', ['a', 'b'], '3.00'],
    ['12', '', ['b', 'a'], '3.00'],
    ['12', '', ['a', 'a'], null],
    ['12', '', ['a', 'c', 'b'], '3.00'],
    ['12', '', ['a', 'c'], null],
    ['12', '', ['a', 'd', 'b'], '3.00'],
    ['', '12', ['a', 'b'], '2.00'],
    ['', '12', ['a', 'c', 'b'], null],
    ['', '123', ['a', 'c', 'b'], '2.00'],
    ['', '123', ['a', 'b'], null],
    ['', '12', ['a', 'b', 'd'], null],
    ['', '13', ['a', 'p1'], '2.00'],
  ];
for (const [contains, exactly, [from, to, ...between], paid] of ROWS) {
  const asked = contains === '' ? `exactly zones ${exactly}` : `zones ${contains}`;
  const way = [from, ...between, to].join(' ');
  test(`a rule for ${asked} ${paid === null ? 'does not match' : 'matches'} ${way}`, () =>
    assert.is(total(rule(contains, exactly), through(from, to, ...between)), paid));
}

test('joined legs travel through the areas of all of them', () => {
  const files = { ...rule('', '123'), fare_leg_join_rules: 'from_network_id,to_network_id\nn1,n1' };
  const legs = [ride('r1', 'a', 'b', '12:00:00'), ride('r1', 'b', 'c', '12:30:00')];
  assert.is(total(files, legs), '2.00');
});

test('where a leg does not say what lies between, its ends are counted and that is said', () => {
  const priced = rate(rule('12', ''), { legs: [ride('r1', 'a', 'b')] });
  assert.equal(saidOf(priced), [
    'legs.0.intermediate_stop_ids: missing: only the ends of the leg are counted (expected the stops between, or []: the fare here is by areas travelled through)',
  ]);
});

test('sets, areas and stops that are nowhere are refused', () => {
  assert.equal(compile(rule('21', '')).errors, [
    "fare_leg_rules.txt:2:10: no contains_area_set_id '21' (expected '12')",
  ]);
  assert.equal(compile(rule('12', '13')).errors, [
    'fare_leg_rules.txt:2:13: both contains_area_set_id and contains_exactly_area_set_id (expected one of them)',
  ]);
  const elements = { ...rule('12', ''), area_set_elements: 'area_set_id,area_id\n12,4\n14,1' };
  assert.equal(compile(elements).errors, [
    "area_set_elements.txt:2:4: no area_id '4' (expected '1')",
    "area_set_elements.txt:3:1: no area_set_id '14' (expected '12')",
  ]);
  const [leg] = through('a', 'b', 'zz');
  assert.is(
    total(rule('12', ''), leg === undefined ? [] : [leg]),
    "legs.0.intermediate_stop_ids.0: no stop 'zz' (expected a | b | c | d | e | f | s | p1 | p2)",
  );
});

test.run();
