/** GTFS Fares v1. */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { ItineraryLeg } from '../../../../src/core/fare/itinerary/itinerary.ts';
import { byMedium, compile, type Files, partsOf, products, rate, ride, saidOf, total } from './feed.ts';

const attributes = (...rows: string[]) =>
  ['fare_id,price,currency_type,payment_method,transfers,agency_id,transfer_duration', ...rows].join('\n');
const rules = (...rows: string[]) =>
  ['fare_id,route_id,origin_id,destination_id,contains_id', ...rows].join('\n');

/** Zones 1, 2, 3 at a, b, c; d in none; routes r1 and r2 of agency x, r3 of y. */
const BASE: Files = {
  agency: 'agency_id,agency_name,agency_timezone\nx,X,UTC\ny,Y,UTC',
  stops: 'stop_id,zone_id\na,1\nb,2\nc,3\nd,',
  routes: 'route_id,agency_id,route_type\nr1,x,3\nr2,x,3\nr3,y,3',
};
const v1 = (fares: readonly string[], ruled: readonly string[] = []): Files => ({
  ...BASE,
  fare_attributes: attributes(...fares),
  ...(ruled.length > 0 ? { fare_rules: rules(...ruled) } : {}),
});
/** Every half hour from noon. */
function rides(...legs: [route: string, from: string, to: string][]): ItineraryLeg[] {
  return legs.map(([route, from, to], index) =>
    ride(route, from, to, `${12 + Math.floor(index / 2)}:${index % 2 === 0 ? '00' : '30'}:00`),
  );
}
const ONE = rides(['r1', 'a', 'b']);
const TWO = rides(['r1', 'a', 'b'], ['r2', 'b', 'c']);
const THREE = rides(['r1', 'a', 'b'], ['r2', 'b', 'c'], ['r1', 'c', 'a']);

test('a fare without rules holds everywhere', () => {
  assert.is(total(v1(['f,2.00,EUR,0,,,']), ONE), '2.00');
  assert.is(total(v1(['f,2.00,EUR,0,,,']), rides(['r3', 'd', 'd'])), '2.00');
});

const TRANSFERS: [allowed: string, two: string, three: string][] = [
  ['0', '4.00', '6.00'],
  ['1', '2.00', '4.00'],
  ['2', '2.00', '2.00'],
  ['', '2.00', '2.00'],
];
for (const [allowed, two, three] of TRANSFERS) {
  test(`'${allowed}' transfers: two legs cost ${two}, three ${three}`, () => {
    const files = v1([`f,2.00,EUR,0,${allowed},,`]);
    assert.equal([total(files, TWO), total(files, THREE)], [two, three]);
  });
}

const DURATIONS: [duration: number, paid: string][] = [
  [1799, '4.00'],
  [1800, '2.00'],
  [1801, '2.00'],
];
for (const [duration, paid] of DURATIONS) {
  test(`a transfer 1800 s after the first boarding costs ${paid} within ${duration} s: the end is in`, () =>
    assert.is(total(v1([`f,2.00,EUR,0,,,${duration}`]), TWO), paid));
}

test('the duration does not part a single ride from its fare', () => {
  const long = [ride('r1', 'a', 'b', '12:00:00', '16:00:00')];
  assert.is(total(v1(['f,2.00,EUR,0,0,,600']), long), '2.00');
});

test('a fare of one agency covers no leg of another', () => {
  const files = v1(['x,2.00,EUR,0,,x,', 'y,3.00,EUR,0,,y,']);
  assert.is(total(files, TWO), '2.00');
  assert.equal(partsOf(rate(files, { legs: rides(['r1', 'a', 'b'], ['r3', 'b', 'c']) })), [
    'x 2.00',
    'y 3.00',
  ]);
});

const RULED: [what: string, rows: string[], legs: ItineraryLeg[], paid: string | null][] = [
  ['by its route', ['f,r1,,,'], ONE, '2.00'],
  ['not by another route', ['f,r2,,,'], ONE, null],
  ['by either of two routes', ['f,r1,,,', 'f,r2,,,'], TWO, '2.00'],
  [
    'not where one leg is on a third',
    ['f,r1,,,', 'f,r2,,,'],
    rides(['r1', 'a', 'b'], ['r3', 'b', 'c']),
    null,
  ],
  ['by its origin', ['f,,1,,'], ONE, '2.00'],
  ['not by another origin', ['f,,2,,'], ONE, null],
  ['by its destination', ['f,,,2,'], ONE, '2.00'],
  ['by origin and destination of the whole', ['f,,1,3,'], TWO, '2.00'],
  ['not by those of a part', ['f,,1,2,', 'f,,2,2,'], TWO, null],
  ['by either of two pairs', ['f,,2,3,', 'f,,1,2,'], ONE, '2.00'],
  ['not crosswise by two pairs', ['f,,1,3,', 'f,,2,2,'], ONE, null],
  ['not from a stop in no zone', ['f,,1,,'], rides(['r1', 'd', 'a']), null],
  ['by route and zones of one row', ['f,r1,1,2,'], ONE, '2.00'],
  ['not by the route of one row and the zones of another', ['f,r1,2,2,', 'f,r2,1,2,'], ONE, null],
  ['by all the zones it contains', ['f,,,,1', 'f,,,,2'], ONE, '2.00'],
  ['not where one of them is not entered', ['f,,,,1', 'f,,,,2', 'f,,,,3'], ONE, null],
  ['nor where another is entered, too', ['f,,,,1', 'f,,,,2'], TWO, null],
  ['by the zones of all its legs', ['f,,,,1', 'f,,,,2', 'f,,,,3'], TWO, '2.00'],
  ['by zones on a route', ['f,r1,,,1', 'f,r1,,,2'], ONE, '2.00'],
  ['not by them on another', ['f,r2,,,1', 'f,r2,,,2'], ONE, null],
];
for (const [what, rows, legs, paid] of RULED) {
  test(`a fare holds ${what}: ${rows.join(' ')}`, () =>
    assert.is(total(v1(['f,2.00,EUR,0,,,'], rows), legs), paid));
}

test('zones passed between the ends are entered, too', () => {
  const files = v1(['f,2.00,EUR,0,,,'], ['f,,,,1', 'f,,,,2', 'f,,,,3']);
  const direct = ride('r1', 'a', 'c');
  assert.is(total(files, [direct]), null);
  assert.is(total(files, [{ ...direct, intermediateStopIds: ['b', 'd'] }]), '2.00');
});

test('a leg that does not name the stops between is noted where the fare is by zones entered, and only there', () => {
  const files = v1(['f,2.00,EUR,0,,,'], ['f,r1,,,1', 'f,r1,,,2', 'f,r2,1,2,']);
  const note =
    'legs.0.intermediate_stop_ids: missing: only the ends of the leg are counted (expected the stops between, or []: the fare here is by zones entered)';
  assert.equal(saidOf(rate(files, { legs: [ride('r1', 'a', 'b')] })), [note]);
  assert.equal(saidOf(rate(files, { legs: [{ ...ride('r1', 'a', 'b'), intermediateStopIds: [] }] })), []);
  assert.equal(saidOf(rate(files, { legs: [ride('r2', 'a', 'b')] })), []);
});

test('the legs are parted as it is cheapest', () => {
  const fares = ['one,2.00,EUR,0,0,,', 'two,3.00,EUR,0,1,,', 'all,6.00,EUR,0,,,'];
  const priced = rate(v1(fares), { legs: THREE });
  assert.is(total(v1(fares), THREE), '5.00');
  assert.ok(priced.kind === 'priced');
  assert.is(
    priced.fareLegs.reduce((sum, { amount }) => sum + amount, 0),
    500,
  );
  assert.equal(
    priced.fareLegs.flatMap(({ legs }) => legs),
    [0, 1, 2],
  );
});

test('what covers only a part is no fare for the whole', () => {
  const files = v1(['f,2.00,EUR,0,,,'], ['f,r1,,,']);
  const priced = rate(files, { legs: TWO });
  assert.ok(priced.kind === 'priced');
  assert.equal([priced.total, priced.fareLegs, priced.unpriced], [undefined, [], [1]]);
});

test('the answer is the same shape: one medium without a name', () => {
  assert.equal(byMedium(rate(v1(['f,2.00,EUR,0,,,']), { legs: ONE, rider: { media: ['card'] } })), {
    '': '2.00',
  });
});

test('leg rules of v2 take precedence where a feed has both', () => {
  const both = {
    ...v1(['f,2.00,EUR,0,,,']),
    ...products({ fare: '7.00' }),
    fare_leg_rules: 'fare_product_id\nfare',
  };
  assert.is(total(both, ONE), '7.00');
  assert.is(total({ ...both, fare_leg_rules: 'fare_product_id' }, ONE), '2.00');
});

test('two currencies in one journey are refused', () => {
  const files = v1(['f,2.00,EUR,0,0,,', 'g,300,HUF,0,0,,'], ['f,r1,,,', 'g,r2,,,']);
  assert.is(total(files, ONE), '2.00');
  assert.is(
    total(files, TWO),
    'legs.1: the journey is priced in two currencies, EUR and HUF (expected one currency)',
  );
});

const WRONG: [what: string, files: Files, said: string][] = [
  [
    'a price below nothing',
    v1(['f,-1,EUR,0,,,']),
    "fare_attributes.txt:2:3: price '-1' (expected an amount in EUR, exact to its minor unit)",
  ],
  [
    'an agency that is nowhere',
    v1(['f,1,EUR,0,,z,']),
    "fare_attributes.txt:2:12: no agency_id 'z' (expected 'x')",
  ],
  [
    'a rule of no fare',
    v1(['f,1,EUR,0,,,'], ['ff,r1,,,']),
    "fare_rules.txt:2:1: no fare_id 'ff' (expected 'f')",
  ],
];
for (const [what, files, said] of WRONG) {
  test(`${what} is refused`, () => assert.equal(compile(files).errors, [said]));
}

test('a rule for a route or zone that is nowhere is warned of and never holds', () => {
  const files = v1(['f,1,EUR,0,,,'], ['f,r9,,,', 'f,,9,,']);
  assert.equal(compile(files).warnings, [
    "fare_rules.txt:2:3: no route_id 'r9' (expected 'r1')",
    "fare_rules.txt:3:4: no origin_id '9' (expected '1')",
  ]);
  assert.is(total(files, ONE), null);
});

test('a feed without any fare rules is refused', () => {
  assert.equal(compile(BASE).errors, [
    './fare_leg_rules.txt: no fare rules (expected a row here, or in fare_attributes.txt)',
  ]);
});

test.run();
