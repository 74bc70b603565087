/** Where rules and products leave a choice: the minimum is that of the whole journey, not of each leg. */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { rateItinerary } from '../../../../src/core/fare/itinerary/rate-itinerary.ts';
import { compile, type Files, partsOf, products, rate, ride, total } from './feed.ts';

const HEADER = 'from_leg_group_id,to_leg_group_id,transfer_count,fare_transfer_type,fare_product_id';
const TWICE = [ride('r1', 'a', 'b', '12:00:00'), ride('r1', 'b', 'c', '12:30:00')];

/** A single at 2.00, or a ticket at 3.00 with which one may change. */
const CHOICE: Files = {
  ...products({ single: '2.00', ticket: '3.00', day: '4.50' }),
  fare_leg_rules: 'leg_group_id,network_id,fare_product_id\nS,n1,single\nT,n1,ticket\nT,n1,day',
  fare_transfer_rules: `${HEADER}\nT,T,1,0,`,
};

test('one leg is paid by the cheapest that fits', () => {
  assert.is(total(CHOICE, TWICE.slice(0, 1)), '2.00');
});

test('what is dearer for the first leg may be cheaper for the journey', () => {
  assert.equal(partsOf(rate(CHOICE, { legs: TWICE })), ['ticket 3.00', 'ticket 0.00']);
});

test('and where it has run out, the next leg is paid anew', () => {
  const three = [...TWICE, ride('r1', 'c', 'd', '13:00:00')];
  assert.is(total(CHOICE, three), '5.00');
  assert.is(total(CHOICE, [...three, ride('r1', 'd', 'e', '13:30:00')]), '6.00');
});

test('several rules of one group for one leg are one choice', () => {
  const files = {
    ...CHOICE,
    fare_leg_rules: 'leg_group_id,network_id,fare_product_id\nT,n1,ticket\nT,n1,day',
  };
  assert.is(total(files, TWICE), '3.00');
});

/** What is dearer so far may be cheaper in the end: by where its chain began, by its count, by what is counted. */
const LATER: [what: string, legRules: string[], transfers: string[], routes: string[], paid: string[]][] = [
  [
    'a chain that began later reaches further',
    ['A,n1,two', ',n1,one-and-half', 'A,n2,two'],
    ['A,A,-1,0,,3600,1'],
    ['r1', 'r2', 'r2', 'r2'],
    ['one-and-half 1.50', 'two 2.00', 'two 0.00', 'two 0.00'],
  ],
  [
    'a count that began anew reaches further',
    ['A,n1,two', 'B,n1,nine', 'A,n2,two'],
    ['A,A,3,0,,,', 'A,B,,0,half,,', 'B,A,,0,,,'],
    ['r2', 'r1', 'r2', 'r2', 'r2'],
    ['two 2.00', 'nine 0.50', 'two 0.00', 'two 0.00', 'two 0.00'],
  ],
  [
    'a transfer that is counted by itself reaches further',
    ['A,n1,nine', 'B,n1,two', 'A,n2,two'],
    ['A,A,1,0,,,', 'B,B,1,0,half,,', 'B,A,,0,,,'],
    ['r1', 'r1', 'r2', 'r2'],
    ['two 2.00', 'two 0.50', 'two 0.00', 'two 0.00'],
  ],
];
for (const [what, legRules, transfers, routes, paid] of LATER) {
  test(what, () => {
    const files = {
      ...products({ half: '0.50', 'one-and-half': '1.50', two: '2.00', nine: '9.00' }),
      fare_leg_rules: ['leg_group_id,network_id,fare_product_id', ...legRules].join('\n'),
      fare_transfer_rules: [`${HEADER},duration_limit,duration_limit_type`, ...transfers].join('\n'),
    };
    const clock = (index: number) => `${12 + Math.floor(index / 2)}:${index % 2 === 0 ? '00' : '30'}:00`;
    const legs = routes.map((route, index) => ride(route, 'a', 'b', clock(index)));
    assert.equal(partsOf(rate(files, { legs })), paid);
  });
}

test('a hundred legs are no more work than a hundred legs: every choice at each of them', () => {
  const legs = Array.from({ length: 100 }, (_, index) => {
    const minute = (after: number) => {
      const minutes = 12 * 60 + index * 5 + after;
      return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}:00`;
    };
    return ride('r1', 'a', 'b', minute(0), minute(4));
  });
  const timed = {
    ...CHOICE,
    fare_transfer_rules: `${HEADER},duration_limit,duration_limit_type\nT,T,-1,0,,1800,1`,
  };
  // A ticket covers the rides within 30 minutes of its first: seven.
  assert.is(total(timed, legs), `${(3 * Math.floor(100 / 7) + 3).toFixed(2)}`);
  assert.is(total(timed, [...legs, ...legs]), 'legs: 200 legs (expected at most 100)');
});

test('no fare for one leg is no fare for the journey, never a part of it', () => {
  const priced = rate(CHOICE, { legs: [...TWICE, ride('r2', 'c', 'd', '13:00:00')] });
  assert.ok(priced.kind === 'priced');
  assert.equal([priced.total, priced.fareLegs, priced.unpriced], [undefined, [], [2]]);
});

test('a free product is a fare of nothing, and no product is no fare', () => {
  const files = { ...products({ free: '0.00' }), fare_leg_rules: 'network_id,fare_product_id\nn1,free' };
  assert.is(total(files, [ride('r1', 'a', 'b')]), '0.00');
  assert.is(total(files, [ride('r2', 'a', 'b')]), null);
});

test('answers that were forgotten are found again: more questions than are remembered, asked twice', () => {
  const stops = Array.from({ length: 260 }, (_, index) => `s${index}`);
  const { fares } = compile({
    ...products({ same: '1.00', next: '2.00' }),
    stops: ['stop_id', ...stops].join('\n'),
    areas: ['area_id', ...stops].join('\n'),
    stop_areas: ['area_id,stop_id', ...stops.map(stop => `${stop},${stop}`)].join('\n'),
    fare_leg_rules: [
      'from_area_id,to_area_id,fare_product_id',
      ...stops.map(stop => `${stop},${stop},same`),
      ...stops.slice(1).map((stop, index) => `${stops[index]},${stop},next`),
    ].join('\n'),
  });
  assert.ok(fares !== undefined);
  let wrong = 0;
  for (let question = 0; question < 2 * stops.length ** 2; question++) {
    const from = Math.floor(question / stops.length) % stops.length;
    const to = question % stops.length;
    const priced = rateItinerary(fares, { legs: [ride('r1', `s${from}`, `s${to}`)] });
    const paid = from === to ? 100 : to === from + 1 ? 200 : undefined;
    if (priced.kind !== 'priced' || priced.total !== paid) wrong++;
  }
  assert.is(wrong, 0);
});

test.run();
