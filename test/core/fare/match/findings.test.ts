import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { compile, type Files, products, total } from '../itinerary/feed.ts';

const FLAT = products({ fare: '2.00' });
const rules = (...networks: string[]): Files => ({
  ...FLAT,
  fare_leg_rules: ['network_id,fare_product_id', ...networks.map(network => `${network},fare`)].join('\n'),
});

test('a name that is nowhere is said once, with its first place and in how many more rows it stands', () => {
  assert.equal(compile(rules('m1', 'n1', 'm1', 'x', 'm1')).errors, [
    "fare_leg_rules.txt:2:1: no network_id 'm1', here and in 2 more rows (expected 'n1')",
    "fare_leg_rules.txt:5:1: no network_id 'x' (expected n1 | n2)",
  ]);
});

test('the same name in another column is another slip', () => {
  const files = {
    ...FLAT,
    areas: 'area_id\nin',
    fare_leg_rules: 'from_area_id,to_area_id,fare_product_id\nout,out,fare',
  };
  assert.equal(compile(files).errors, [
    "fare_leg_rules.txt:2:1: no from_area_id 'out' (expected in)",
    "fare_leg_rules.txt:2:5: no to_area_id 'out' (expected in)",
  ]);
});

test('of more than a hundred errors the rest is counted', () => {
  const { errors, fares } = compile(rules(...Array.from({ length: 150 }, (_, index) => `net-${index}`)));
  assert.is(fares, undefined);
  assert.is(errors.length, 101);
  assert.is(errors[99], "fare_leg_rules.txt:101:1: no network_id 'net-99' (expected n1 | n2)");
  assert.is(errors[100], 'fare_leg_rules.txt: and 50 more in the fare tables');
});

test('of more than a hundred warnings the rest is counted, and the tables are good', () => {
  const stops = Array.from({ length: 120 }, (_, index) => `in,gone-${index}`);
  const files = {
    ...rules('n1'),
    areas: 'area_id\nin',
    stop_areas: ['area_id,stop_id', ...stops].join('\n'),
  };
  const { errors, warnings } = compile(files);
  assert.equal(errors, []);
  assert.is(warnings.length, 101);
  assert.is(warnings[100], 'stop_areas.txt: and 20 more in the fare tables');
  assert.is(total(files, []), 'legs: an empty list (expected at least one leg)');
});

test.run();
