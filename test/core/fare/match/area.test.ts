import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { compile, type Files, products, ride, total } from '../itinerary/feed.ts';

const PRICES = products({ listed: '3.00', rest: '1.00' });
const AREAS = 'area_id\nin\nout';
const rules = (...rows: string[]) => ['from_area_id,to_area_id,fare_product_id', ...rows].join('\n');

/** a is in the listed area, b in an unlisted one, c in both, d in none. */
const TOWN: Files = {
  ...PRICES,
  areas: AREAS,
  stop_areas: 'area_id,stop_id\nin,a\nout,b\nin,c\nout,c',
};

const FROM = { ...TOWN, fare_leg_rules: rules('in,,listed', ',,rest') };
const TO = { ...TOWN, fare_leg_rules: rules(',in,listed', ',,rest') };
const EMPTY: [what: string, stop: string, paid: string][] = [
  ['in a listed area is not at an empty field', 'a', '3.00'],
  ['in an area that no rule lists is at an empty field', 'b', '1.00'],
  ['in several areas passes an empty field if any of them is unlisted', 'c', '1.00'],
  ['in no area is in none that is listed', 'd', '1.00'],
];
for (const [what, stop, paid] of EMPTY) {
  test(`a departure ${what}`, () => assert.is(total(FROM, [ride('r1', stop, 'e')]), paid));
  test(`an arrival ${what}`, () => assert.is(total(TO, [ride('r1', 'e', stop)]), paid));
}

test('a stop in several areas that are all listed does not pass an empty field', () => {
  const files = { ...TOWN, fare_leg_rules: rules('in,,listed', 'out,,listed', ',,rest') };
  assert.is(total(files, [ride('r1', 'c', 'e')]), '3.00');
});

test('what one field lists is not listed for the other', () => {
  const files = { ...TOWN, fare_leg_rules: rules('in,,listed') };
  assert.is(total(files, [ride('r1', 'a', 'a')]), '3.00');
  assert.is(total(files, [ride('r1', 'b', 'a')]), null);
});

test('with the column rule_priority an empty field is any area', () => {
  const header = 'from_area_id,to_area_id,fare_product_id,rule_priority';
  const files = { ...TOWN, fare_leg_rules: `${header}\nin,,listed,\n,,rest,` };
  assert.is(total(files, [ride('r1', 'a', 'e')]), '1.00');
});

test('from and to are one way: the way back is another rule', () => {
  const files = { ...TOWN, fare_leg_rules: rules('in,out,listed') };
  assert.is(total(files, [ride('r1', 'a', 'b')]), '3.00');
  assert.is(total(files, [ride('r1', 'b', 'a')]), null);
});

const STATION: Files = {
  ...PRICES,
  stops: 'stop_id,parent_station\na,\ns,\np1,s\np2,s\nfront,p2',
  areas: AREAS,
  fare_leg_rules: rules('in,,listed', ',,rest'),
};

test('a platform is in the areas of its station, and a boarding area in those of its platform', () => {
  const files = { ...STATION, stop_areas: 'area_id,stop_id\nin,s' };
  for (const stop of ['s', 'p1', 'p2', 'front'])
    assert.is(total(files, [ride('r1', stop, 'a')]), '3.00', stop);
});

test("a platform's own areas override those of its station", () => {
  const files = { ...STATION, stop_areas: 'area_id,stop_id\nin,s\nout,p2' };
  assert.is(total(files, [ride('r1', 'p1', 'a')]), '3.00');
  assert.is(total(files, [ride('r1', 'p2', 'a')]), '1.00');
  assert.is(total(files, [ride('r1', 'front', 'a')]), '1.00');
});

test("a station is not in the areas of its platforms' own", () => {
  const files = { ...STATION, stop_areas: 'area_id,stop_id\nin,p1' };
  assert.is(total(files, [ride('r1', 's', 'a')]), '1.00');
});

test('an area that is nowhere is refused with the nearest spelling: a rule that never matches is no rule', () => {
  const files = { ...TOWN, fare_leg_rules: rules('inn,,listed') };
  assert.equal(compile(files).errors, ["fare_leg_rules.txt:2:1: no from_area_id 'inn' (expected 'in')"]);
});

test('a stop or area in stop_areas.txt that is nowhere is warned of', () => {
  const files = { ...TOWN, fare_leg_rules: rules(',,rest'), stop_areas: 'area_id,stop_id\nin,zz\ninn,a' };
  const { errors, warnings } = compile(files);
  assert.equal(errors, []);
  assert.equal(warnings, [
    "stop_areas.txt:2:4: no stop_id 'zz' (expected a | b | c | d | e | f | s | p1 | p2)",
    "stop_areas.txt:3:1: no area_id 'inn' (expected 'in')",
  ]);
});

test('stations that stand in each other in a circle, or nowhere, are refused', () => {
  const round = {
    ...PRICES,
    fare_leg_rules: rules(',,rest'),
    stops: 'stop_id,parent_station\na,b\nb,a\nc,zz',
  };
  assert.equal(compile(round).errors, [
    "stops.txt:4:3: no parent_station 'zz' (expected a | b | c)",
    "stops.txt:2:3: 'a' stands in more than a boarding area, a platform and a station (expected a station)",
    "stops.txt:3:3: 'b' stands in more than a boarding area, a platform and a station (expected a station)",
  ]);
});

test.run();
