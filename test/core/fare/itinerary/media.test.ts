import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { byMedium, compile, type Files, products, rate, ride, total } from './feed.ts';

const product = (...rows: string[]) => ['fare_product_id,fare_media_id,amount,currency', ...rows].join('\n');
const BASE: Files = {
  fare_media: 'fare_media_id,fare_media_type\ncash,0\ncard,2\napp,4',
  fare_leg_rules: 'network_id,fare_product_id\nn1,bus\nn2,tram',
};
const BUS = ride('r1', 'a', 'b', '12:00:00');
const TRAM = ride('r2', 'b', 'c', '12:30:00');

test('the total is told for each medium, and the lowest is the total', () => {
  const files = {
    ...BASE,
    fare_products: product('bus,cash,3,EUR', 'bus,card,2.5,EUR', 'tram,cash,1.00,EUR'),
  };
  const priced = rate(files, { legs: [BUS] });
  assert.equal(byMedium(priced), { cash: '3.00', card: '2.50' });
  assert.is(total(files, [BUS]), '2.50');
});

test('each is for the whole journey: a medium that cannot pay some leg is absent', () => {
  const rows = ['bus,cash,3.00,EUR', 'bus,card,2.00,EUR', 'tram,cash,4.00,EUR', 'tram,app,1.00,EUR'];
  const files = { ...BASE, fare_products: product(...rows) };
  assert.equal(byMedium(rate(files, { legs: [BUS, TRAM] })), { cash: '7.00' });
});

test('where no one medium pays all of it there is no total, though every leg has a fare', () => {
  const files = { ...BASE, fare_products: product('bus,cash,3.00,EUR', 'tram,app,1.00,EUR') };
  const priced = rate(files, { legs: [BUS, TRAM] });
  assert.ok(priced.kind === 'priced');
  assert.equal([priced.total, [...priced.totalByMedium], priced.unpriced], [undefined, [], []]);
});

test('media that pay alike for the legs may pay otherwise for the transfer', () => {
  const files = {
    ...BASE,
    fare_products: product('bus,,2.00,EUR', 'tram,,1.00,EUR', 'on,cash,0.50,EUR', 'on,card,0.20,EUR'),
    fare_leg_rules: 'leg_group_id,network_id,fare_product_id\nB,n1,bus\nT,n2,tram',
    fare_transfer_rules: 'from_leg_group_id,to_leg_group_id,fare_transfer_type,fare_product_id\nB,T,0,on',
  };
  // Without a price for the transfer, the app pays for both legs.
  assert.equal(byMedium(rate(files, { legs: [BUS, TRAM] })), { cash: '2.50', card: '2.20', app: '3.00' });
});

test('a product without a medium is for any that the feed names', () => {
  const files = { ...BASE, fare_products: product('bus,,2.00,EUR', 'tram,,1.00,EUR') };
  assert.equal(byMedium(rate(files, { legs: [BUS, TRAM] })), { cash: '3.00', card: '3.00', app: '3.00' });
});

test('a row for the medium and a row for any fit alike: the lower is paid', () => {
  const files = { ...BASE, fare_products: product('bus,card,6,EUR', 'bus,,7,EUR', 'tram,,1,EUR') };
  assert.equal(byMedium(rate(files, { legs: [BUS] })), { cash: '7.00', card: '6.00', app: '7.00' });
});

test('a feed that names no medium has its total under none', () => {
  const files = { ...products({ fare: '2.00' }), fare_leg_rules: 'fare_product_id\nfare' };
  assert.equal(byMedium(rate(files, { legs: [BUS] })), { '': '2.00' });
  assert.is(total(files, [BUS], { media: ['anything'] }), '2.00');
});

test('the media a rider has are the only ones asked', () => {
  const files = { ...BASE, fare_products: product('bus,cash,3,EUR', 'bus,card,2,EUR', 'tram,,1,EUR') };
  assert.equal(byMedium(rate(files, { legs: [BUS], rider: { media: ['cash', 'app'] } })), { cash: '3.00' });
  assert.is(total(files, [BUS], { media: [] }), '2.00');
  assert.is(total(files, [BUS], { media: ['app'] }), null);
});

test('a medium that is nowhere is refused, in a rider and in a product, with the nearest spelling', () => {
  const files = { ...BASE, fare_products: product('bus,cash,3,EUR', 'tram,,1,EUR') };
  assert.is(total(files, [BUS], { media: ['csh'] }), "rider.media.0: no fare medium 'csh' (expected 'cash')");
  assert.equal(compile({ ...files, fare_products: product('bus,cards,3,EUR', 'tram,,1,EUR') }).errors, [
    "fare_products.txt:2:5: no fare_media_id 'cards' (expected 'card')",
  ]);
});

test('media that only products name are media: without fare_media.txt nothing says that they are slips', () => {
  const { fare_media: _, ...rest } = BASE;
  const files = { ...rest, fare_products: product('bus,cash,3.00,EUR', 'tram,,1.00,EUR') };
  assert.equal(compile(files).warnings, [
    "fare_products.txt:2:5: no fare_media_id 'cash' (expected one of none)",
  ]);
  assert.equal(byMedium(rate(files, { legs: [BUS] })), { cash: '3.00' });
});

test('the best of equal media is the first of the feed, and its fare legs are all on it', () => {
  const files = { ...BASE, fare_products: product('bus,,2,EUR', 'tram,,1,EUR') };
  const priced = rate(files, { legs: [BUS, TRAM] });
  assert.ok(priced.kind === 'priced');
  assert.equal(
    priced.fareLegs.map(({ medium }) => medium),
    ['cash', 'cash'],
  );
});

const AMOUNTS: [amount: string, currency: string, paid: string][] = [
  ['3', 'EUR', '3.00'],
  ['2.5', 'EUR', '2.50'],
  ['0.10', 'EUR', '0.10'],
  ['300', 'JPY', '300'],
  ['1.234', 'KWD', '1.234'],
  ['2.500', 'EUR', '2.50'],
  ['-0.5', 'EUR', '-0.50'],
];
for (const [amount, currency, paid] of AMOUNTS) {
  test(`${amount} ${currency} is ${paid}`, () => {
    const files = {
      ...BASE,
      fare_products: product(`bus,card,${amount},${currency}`, `tram,,0,${currency}`),
    };
    assert.is(total(files, [BUS]), paid);
  });
}

test('amounts are exact: ten times a tenth is one', () => {
  const files = { ...products({ tenth: '0.1' }), fare_leg_rules: 'fare_product_id\ntenth' };
  const legs = Array.from({ length: 10 }, (_, index) =>
    ride('r1', 'a', 'b', `1${index}:00:00`, `1${index}:10:00`),
  );
  assert.is(total(files, legs), '1.00');
});

const BAD_AMOUNTS: [amount: string, currency: string, said: string][] = [
  [
    '2.505',
    'EUR',
    "fare_products.txt:2:10: amount '2.505' (expected an amount in EUR, exact to its minor unit)",
  ],
  ['2.5', 'JPY', "fare_products.txt:2:10: amount '2.5' (expected an amount in JPY, exact to its minor unit)"],
  ['dear', 'EUR', "fare_products.txt:2:10: amount is 'dear' (expected a decimal amount such as 2.50)"],
  ['2.50', 'euro', "fare_products.txt:2:15: currency is 'euro' (expected an ISO 4217 code such as RUB)"],
];
for (const [amount, currency, said] of BAD_AMOUNTS) {
  test(`${amount} ${currency} is refused`, () => {
    const files = { ...BASE, fare_products: product(`bus,card,${amount},${currency}`, 'tram,,0,EUR') };
    assert.is(compile(files).errors[0], said);
  });
}

test.run();
