import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { type Files, rate, ride, total } from './feed.ts';

const BASE: Files = {
  fare_media: 'fare_media_id,fare_media_type\ncash,0\ncard,2',
  fare_products:
    'fare_product_id,fare_media_id,amount,currency\nbus,,2.00,EUR\ntram,,300,HUF\nboat,cash,3.00,EUR\nboat,card,900,HUF\non,,50,HUF',
  fare_leg_rules: 'leg_group_id,network_id,fare_product_id\nB,n1,bus\nT,n2,tram\nO,,boat',
};
const BUS = ride('r1', 'a', 'b', '12:00:00');
const TRAM = ride('r2', 'b', 'c', '12:30:00');
const BOAT = ride('r0', 'c', 'd', '13:00:00');

test('a journey has the currency of what is paid in it', () => {
  assert.is(total(BASE, [BUS]), '2.00');
  const priced = rate(BASE, { legs: [TRAM] });
  assert.ok(priced.kind === 'priced');
  assert.is(priced.currency, 'HUF');
});

const TWO: [what: string, legs: (typeof BUS)[], said: string][] = [
  [
    'legs',
    [BUS, TRAM],
    'legs.1: the journey is priced in two currencies, EUR and HUF (expected one currency)',
  ],
  ['media', [BOAT], 'legs.0: the journey is priced in two currencies, EUR and HUF (expected one currency)'],
  [
    'a leg and a later one',
    [TRAM, BOAT],
    'legs.1: the journey is priced in two currencies, HUF and EUR (expected one currency)',
  ],
];
for (const [what, legs, said] of TWO) {
  test(`two currencies by ${what} are refused: they can be neither added nor compared`, () =>
    assert.is(total(BASE, legs), said));
}

test('a medium that the rider does not have brings no second currency', () => {
  const priced = rate(BASE, { legs: [BOAT], rider: { media: ['card'] } });
  assert.ok(priced.kind === 'priced');
  assert.equal([priced.currency, priced.total], ['HUF', 90_000]);
});

test('a transfer in another currency than its legs is refused', () => {
  const files = {
    ...BASE,
    fare_transfer_rules:
      'from_leg_group_id,to_leg_group_id,transfer_count,fare_transfer_type,fare_product_id\nB,B,-1,0,on',
  };
  assert.is(
    total(files, [BUS, ride('r1', 'b', 'c', '12:30:00')]),
    'legs.1: the journey is priced in two currencies, EUR and HUF (expected one currency)',
  );
});

test('one product at once in two currencies is refused', () => {
  const files = { ...BASE, fare_products: `${BASE.fare_products}\nbus,cash,800,HUF` };
  assert.is(
    total(files, [BUS], { media: ['cash'] }),
    'legs.0: the journey is priced in two currencies, EUR and HUF (expected one currency)',
  );
});

test('where nothing is priced and the tariff has two, no currency is told', () => {
  const priced = rate(
    { ...BASE, fare_leg_rules: 'network_id,fare_product_id\nn1,bus\nn2,tram' },
    { legs: [BOAT] },
  );
  assert.ok(priced.kind === 'priced');
  assert.equal([priced.currency, priced.total], [undefined, undefined]);
});

test.run();
