import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { ItineraryLeg } from '../../../../src/core/fare/itinerary/itinerary.ts';
import { type Files, partsOf, products, rate, ride, total } from './feed.ts';

const HEADER =
  'from_leg_group_id,to_leg_group_id,transfer_count,duration_limit,duration_limit_type,fare_transfer_type,fare_product_id,nonconsecutive_transfer_allowed';
const transfers = (...rows: string[]): Files => ({
  ...products({ a: '2.00', b: '3.00', c: '5.00', ac: '0.40', bc: '0.70' }),
  fare_leg_rules: 'leg_group_id,network_id,fare_product_id\nA,n1,a\nB,n2,b\nC,,c',
  fare_transfer_rules: [HEADER, ...rows].join('\n'),
});
function rides(...routes: string[]): ItineraryLeg[] {
  return routes.map((route, index) => ride(route, 'a', 'b', `${12 + index}:00:00`));
}
const A = 'r1';
const B = 'r2';
const C = 'r0';

const TYPES: [type: number, charged: string][] = [
  [0, 'c 0.40'],
  [1, 'c 5.40'],
  [2, 'c 0.40'],
];
for (const [type, charged] of TYPES) {
  test(`a rule of type ${type} from A to C prices C as S + AC${type === 1 ? ' + C' : ''} after another ride`, () => {
    const parts = partsOf(rate(transfers(`A,C,,,,${type},ac,1`), { legs: rides(A, B, C) }));
    assert.equal(parts, ['a 2.00', 'b 3.00', charged]);
  });
}

test('a rule that does not allow it holds for rides in a row alone', () => {
  assert.is(total(transfers('A,C,,,,0,ac,0'), rides(A, B, C)), '10.00');
  assert.is(total(transfers('A,C,,,,0,ac,'), rides(A, B, C)), '10.00');
  assert.is(total(transfers('A,C,,,,0,ac,1'), rides(A, C)), '2.40');
});

test('where a consecutive and a nonconsecutive rule hold, the rider has the choice', () => {
  assert.is(total(transfers('A,C,,,,0,ac,1', 'B,C,,,,0,bc,'), rides(A, B, C)), '5.40');
  assert.is(total(transfers('A,C,,,,0,bc,1', 'B,C,,,,0,ac,'), rides(A, B, C)), '5.40');
});

test('the limit runs from the chain of the earlier ride', () => {
  // A at 12:00, B at 13:00, C at 14:00: two hours.
  assert.is(total(transfers('A,C,,7200,1,0,ac,1'), rides(A, B, C)), '5.40');
  assert.is(total(transfers('A,C,,7199,1,0,ac,1'), rides(A, B, C)), '10.00');
});

test('rides between do not count as transfers of the rule', () => {
  const files = transfers('A,A,1,,,0,,1');
  assert.equal(partsOf(rate(files, { legs: rides(A, B, A, B, A) })), [
    'a 2.00',
    'b 3.00',
    'a 0.00',
    'b 3.00',
    'a 2.00',
  ]);
});

test('an earlier ride does not stand in for one just before whose count is used up', () => {
  const files = transfers('A,A,1,,,0,,1');
  assert.equal(partsOf(rate(files, { legs: rides(A, A, A) })), ['a 2.00', 'a 0.00', 'a 2.00']);
});

test("a chain may go on from a nonconsecutive transfer, with the first ride's time", () => {
  const files = transfers('A,C,,10800,1,0,ac,1', 'C,A,,10800,1,0,,');
  assert.equal(partsOf(rate(files, { legs: rides(A, B, C, A) })), ['a 2.00', 'b 3.00', 'c 0.40', 'a 0.00']);
  const short = transfers('A,C,,10799,1,0,ac,1', 'C,A,,10799,1,0,,');
  assert.is(total(short, rides(A, B, C, A)), '7.40');
});

test('more ways to pay than anybody can follow are refused, not cut', () => {
  const groups = Array.from({ length: 14 }, (_, index) => `G${index}`);
  const files: Files = {
    ...products(Object.fromEntries(groups.map((group, index) => [group, `${index + 1}.00`]))),
    fare_leg_rules: ['leg_group_id,fare_product_id', ...groups.map(group => `${group},${group}`)].join('\n'),
    fare_transfer_rules: [HEADER, ...groups.map(group => `${group},${group},-1,,,1,,1`)].join('\n'),
  };
  assert.is(
    total(files, rides(...Array.from({ length: 10 }, () => A))),
    'legs: more than 4096 ways to pay for it by nonconsecutive transfers (expected fewer legs)',
  );
});

test.run();
