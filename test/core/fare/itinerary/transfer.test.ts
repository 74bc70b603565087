import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { ItineraryLeg } from '../../../../src/core/fare/itinerary/itinerary.ts';
import { compile, type Files, partsOf, products, rate, ride, total } from './feed.ts';

/** Groups A (r1, 2.00), B (r2, 3.00) and C (r0, 5.00); transfer products at 0.40 and at -1.00. */
const THREE: Files = {
  ...products({ a: '2.00', b: '3.00', c: '5.00', ab: '0.40', bc: '0.70', off: '-1.00' }),
  fare_leg_rules: 'leg_group_id,network_id,fare_product_id\nA,n1,a\nB,n2,b\nC,,c',
};
const HEADER =
  'from_leg_group_id,to_leg_group_id,transfer_count,duration_limit,duration_limit_type,fare_transfer_type,fare_product_id';
const transfers = (...rows: string[]): Files => ({
  ...THREE,
  fare_transfer_rules: [HEADER, ...rows].join('\n'),
});

/** Every half hour from noon, twenty minutes each. */
function rides(...routes: string[]): ItineraryLeg[] {
  const clock = (index: number) => `${12 + Math.floor(index / 2)}:${index % 2 === 0 ? '00' : '30'}:00`;
  return routes.map((route, index) => ride(route, 'a', 'b', clock(index)));
}
const A = 'r1';
const B = 'r2';
const C = 'r0';

const TYPES: [type: number, two: string[], three: string[]][] = [
  [0, ['a 2.00', 'b 0.40'], ['a 2.00', 'b 0.40', 'c 0.70']],
  [1, ['a 2.00', 'b 3.40'], ['a 2.00', 'b 3.40', 'c 5.70']],
  [2, ['a 0.00', 'b 0.40'], ['a 0.00', 'b 0.40', 'c 0.70']],
];
for (const [type, two, three] of TYPES) {
  const files = transfers(`A,B,,,,${type},ab`, `B,C,,,,${type},bc`);
  const said = ['A + AB', 'A + AB + B', 'AB'][type];
  test(`type ${type} is ${said}`, () => assert.equal(partsOf(rate(files, { legs: rides(A, B) })), two));
  test(`and a chain of type ${type} goes on as S + BC${type === 1 ? ' + C' : ''}`, () =>
    assert.equal(partsOf(rate(files, { legs: rides(A, B, C) })), three));
}

test('a chain may change its types: type 2 after a transfer adds its own price to S', () => {
  const files = transfers('A,B,,,,0,ab', 'B,C,,,,2,bc');
  assert.equal(partsOf(rate(files, { legs: rides(A, B, C) })), ['a 2.00', 'b 0.40', 'c 0.70']);
});

test('a transfer that no rule names is two journeys', () => {
  assert.is(total(transfers('A,B,,,,0,ab'), rides(B, A)), '5.00');
  assert.is(total(transfers('A,B,,,,0,ab'), rides(A, C, B)), '10.00');
});

test('a transfer without a product is free, and a negative one is a discount', () => {
  assert.is(total(transfers('A,B,,,,0,'), rides(A, B)), '2.00');
  assert.is(total(transfers('A,B,,,,1,off'), rides(A, B)), '4.00');
  assert.is(total(transfers('A,B,,,,0,off'), rides(A, B)), '1.00');
});

test('a rule that matches applies, though two tickets were cheaper', () => {
  const files = {
    ...transfers('A,B,,,,0,dear'),
    ...products({ a: '2.00', b: '3.00', c: '5.00', dear: '9.00' }),
  };
  assert.is(total(files, rides(A, B)), '11.00');
});

test('the row and the product of a transfer are named', () => {
  const priced = rate(transfers('A,B,,,,0,ab', 'B,C,,,,0,'), { legs: rides(A, B, C) });
  assert.ok(priced.kind === 'priced');
  assert.equal(
    priced.fareLegs.map(({ transferRule, transferProduct }) => [transferRule, transferProduct]),
    [
      [undefined, undefined],
      ['fare_transfer_rules.txt:2', 'ab'],
      ['fare_transfer_rules.txt:3', undefined],
    ],
  );
});

const COUNTS: [rows: string[], charged: string[]][] = [
  [['A,A,1,,,0,'], ['2.00', '0.00', '2.00', '0.00', '2.00']],
  [['A,A,2,,,0,'], ['2.00', '0.00', '0.00', '2.00', '0.00']],
  [['A,A,-1,,,0,'], ['2.00', '0.00', '0.00', '0.00', '0.00']],
  [
    ['A,A,1,,,0,', 'A,A,3,,,0,ab'],
    ['2.00', '0.00', '0.40', '0.40', '2.00'],
  ],
  [
    ['A,A,3,,,0,ab', 'A,A,1,,,0,'],
    ['2.00', '0.00', '0.40', '0.40', '2.00'],
  ],
  [
    ['A,A,-1,,,0,ab', 'A,A,2,,,0,'],
    ['2.00', '0.00', '0.00', '0.40', '0.40'],
  ],
  [
    ['A,A,-1,,,0,', 'A,A,2,,,0,ab'],
    ['2.00', '0.40', '0.40', '0.00', '0.00'],
  ],
];
for (const [rows, charged] of COUNTS) {
  test(`five rides by ${rows.join(' and ')}: the lowest count that covers is taken`, () => {
    const parts = partsOf(rate(transfers(...rows), { legs: rides(A, A, A, A, A) }));
    assert.equal(
      parts,
      charged.map(amount => `a ${amount}`),
    );
  });
}

test('the count is that of transfers by the same rules in a row: another between them ends it', () => {
  const files = transfers('A,A,1,,,0,', 'A,B,,,,0,', 'B,A,,,,0,');
  assert.equal(partsOf(rate(files, { legs: rides(A, A, B, A, A) })), [
    'a 2.00',
    'a 0.00',
    'b 0.00',
    'a 0.00',
    'a 0.00',
  ]);
});

/** From 12:00:00 to 12:20:00, and on from 12:30:00 to 12:50:00. */
const LIMITS: [type: number, seconds: number][] = [
  [0, 3000],
  [1, 1800],
  [2, 600],
  [3, 1800],
];
for (const [type, seconds] of LIMITS) {
  for (const [limit, paid] of [
    [seconds - 1, '5.00'],
    [seconds, '2.00'],
    [seconds + 1, '2.00'],
  ] as const) {
    test(`type ${type}: after ${seconds} s under a limit of ${limit} s the ride costs ${paid} in all`, () =>
      assert.is(total(transfers(`A,B,,${limit},${type},0,`), rides(A, B)), paid));
  }
}

test('every limit runs from the first leg of the chain', () => {
  // Rides at 12:00, 12:30, 13:00; 13:00 is 3600 s after 12:00.
  const within = (limit: number) => transfers(`A,B,,${limit},1,0,`, `B,A,,${limit},1,0,`);
  assert.equal(partsOf(rate(within(3600), { legs: rides(A, B, A) })), ['a 2.00', 'b 0.00', 'a 0.00']);
  assert.equal(partsOf(rate(within(3599), { legs: rides(A, B, A) })), ['a 2.00', 'b 0.00', 'a 2.00']);
});

test('a ride that is out of time begins a chain of its own', () => {
  const files = transfers('A,A,-1,1800,1,0,');
  assert.equal(partsOf(rate(files, { legs: rides(A, A, A, A) })), ['a 2.00', 'a 0.00', 'a 2.00', 'a 0.00']);
});

const EMPTY: [what: string, rows: string[], routes: string[], paid: string][] = [
  ['an empty to-group is any that no row lists there', ['A,,,,,0,', 'B,B,-1,,,0,'], [A, C], '2.00'],
  ['and not one that some row lists there', ['A,,,,,0,', 'C,B,,,,0,'], [A, B], '5.00'],
  ['an empty from-group is any that no row lists there', [',B,,,,0,', 'C,C,-1,,,0,'], [A, B], '2.00'],
  ['and not one that some row lists there', [',B,,,,0,', 'A,C,,,,0,'], [A, B], '5.00'],
  ['both empty is any two groups', [',,-1,,,0,'], [A, B], '2.00'],
  ['also twice the same', [',,-1,,,0,'], [A, A], '2.00'],
  ['but for a group that a row lists', [',,-1,,,0,', 'A,C,,,,0,'], [A, B], '5.00'],
  ['an exact row is taken, not an empty one', ['A,B,,,,0,ab', 'A,,,,,0,'], [A, B], '2.40'],
];
for (const [what, rows, routes, paid] of EMPTY) {
  test(`${what}: ${rows.join(' and ')}`, () => assert.is(total(transfers(...rows), rides(...routes)), paid));
}

test('a leg rule in no group has no transfers', () => {
  const files = {
    ...transfers(',,-1,,,0,'),
    fare_leg_rules: 'leg_group_id,network_id,fare_product_id\nA,n1,a\n,n2,b',
  };
  assert.is(total(files, rides(A, B)), '5.00');
});

test('of several rules that match alike the cheapest is the rider’s', () => {
  assert.is(total(transfers('A,B,,,,0,bc', 'A,B,,,,0,ab', 'A,B,,,,0,bc'), rides(A, B)), '2.40');
});

test('a transfer product that is not sold to the rider arranges no transfer for them', () => {
  const files = {
    ...transfers('A,B,,,,0,ab'),
    fare_media: 'fare_media_id,fare_media_type\ncard,2\ncash,0',
    fare_products:
      'fare_product_id,fare_media_id,amount,currency\na,,2.00,EUR\nb,,3.00,EUR\nc,,5.00,EUR\nab,card,0.40,EUR',
  };
  assert.is(total(files, rides(A, B), { media: ['card'] }), '2.40');
  assert.is(total(files, rides(A, B), { media: ['cash'] }), '5.00');
});

const WRONG: [what: string, row: string, said: string][] = [
  [
    'a group that is nowhere',
    'AA,B,,,,0,',
    "fare_transfer_rules.txt:2:1: no from_leg_group_id 'AA' (expected 'A')",
  ],
  [
    'a product that is nowhere',
    'A,B,,,,0,abb',
    "fare_transfer_rules.txt:2:10: no fare_product_id 'abb' (expected 'ab')",
  ],
  [
    'no type',
    'A,B,,,,,',
    'fare_transfer_rules.txt:2:8: fare_transfer_type is empty (expected one of 0, 1, 2)',
  ],
  [
    'a type that is none',
    'A,B,,,,3,',
    "fare_transfer_rules.txt:2:8: fare_transfer_type is '3' (expected one of 0, 1, 2)",
  ],
  [
    'a limit without its type',
    'A,B,,3600,,0,',
    'fare_transfer_rules.txt:2:11: duration_limit_type is empty where duration_limit is not (expected one of 0, 1, 2, 3)',
  ],
  [
    'a limit of nothing',
    'A,B,,0,1,0,',
    'fare_transfer_rules.txt:2:6: duration_limit is 0 (expected seconds from 1, or nothing)',
  ],
  [
    'no count within a group',
    'A,A,,,,0,',
    'fare_transfer_rules.txt:2:5: transfer_count is empty within one group (expected -1 for no limit, or a number from 1)',
  ],
  [
    'a count of none',
    'A,A,0,,,0,',
    'fare_transfer_rules.txt:2:5: transfer_count is 0 (expected -1 for no limit, or a number from 1)',
  ],
  [
    'a count below -1',
    'A,A,-2,,,0,',
    'fare_transfer_rules.txt:2:5: transfer_count is -2 (expected -1 for no limit, or a number from 1)',
  ],
];
for (const [what, row, said] of WRONG) {
  test(`a transfer rule with ${what} is refused`, () => assert.equal(compile(transfers(row)).errors, [said]));
}

const TOLERATED: [what: string, row: string, said: string][] = [
  [
    'a count between two groups',
    'A,B,-1,,,0,',
    'fare_transfer_rules.txt:2:5: transfer_count means nothing between two groups',
  ],
  ['no count between any two', ',,,,,0,', 'fare_transfer_rules.txt:2:3: transfer_count is empty: no limit'],
  [
    'a type without its limit',
    'A,B,,,1,0,',
    'fare_transfer_rules.txt:2:7: duration_limit_type without duration_limit: no limit',
  ],
];
for (const [what, row, said] of TOLERATED) {
  test(`a transfer rule with ${what} is warned of and kept to`, () => {
    assert.equal(compile(transfers(row)).warnings, [said]);
    assert.is(total(transfers(row), rides(A, B)), '2.00');
  });
}

test.run();
