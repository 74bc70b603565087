import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { compile, type Files, ride, total } from './feed.ts';

const product = (...rows: string[]) =>
  ['fare_product_id,rider_category_id,amount,currency', ...rows].join('\n');
const RIDERS: Files = {
  rider_categories:
    'rider_category_id,rider_category_name,is_default_fare_category\nadult,Adult,1\nchild,Child,\nsenior,Senior,0',
  fare_products: product('bus,adult,3.20,EUR', 'bus,child,1.60,EUR', 'tram,,2.00,EUR', 'tram,child,0.50,EUR'),
  fare_leg_rules: 'network_id,fare_product_id\nn1,bus\nn2,tram',
};
const BUS = [ride('r1', 'a', 'b')];
const TRAM = [ride('r2', 'a', 'b')];

const PAID: [what: string, legs: typeof BUS, categories: string[] | undefined, paid: string | null][] = [
  ['who names no category pays the default', BUS, undefined, '3.20'],
  ['who names one pays its own', BUS, ['child'], '1.60'],
  ['who is in two pays the lower', BUS, ['adult', 'child'], '1.60'],
  ['who is in one that the product leaves out has no fare', BUS, ['senior'], null],
  ['whose list is empty names none, and pays the default', BUS, [], '3.20'],
  ['a product for everybody is for the default, too', TRAM, undefined, '2.00'],
  ['and for whoever it does not name', TRAM, ['senior'], '2.00'],
  ['a row for the category and one for everybody fit alike', TRAM, ['child'], '0.50'],
];
for (const [what, legs, categories, paid] of PAID) {
  test(what, () =>
    assert.is(total(RIDERS, legs, categories === undefined ? undefined : { categories }), paid),
  );
}

test('a category that is nowhere is refused, in a rider and in a product, with the nearest spelling', () => {
  assert.is(
    total(RIDERS, BUS, { categories: ['adul'] }),
    "rider.categories.0: no rider category 'adul' (expected 'adult')",
  );
  assert.equal(compile({ ...RIDERS, fare_products: product('bus,chil,1,EUR', 'tram,,2,EUR') }).errors, [
    "fare_products.txt:2:5: no rider_category_id 'chil' (expected 'child')",
  ]);
});

test('a feed without categories has one price for whoever asks', () => {
  const { rider_categories: _, ...rest } = RIDERS;
  const files = { ...rest, fare_products: product('bus,,3.20,EUR', 'tram,,2.00,EUR') };
  assert.is(total(files, BUS, { categories: ['adult'] }), '3.20');
});

test('a mark of the default that is none is refused', () => {
  const categories =
    'rider_category_id,rider_category_name,is_default_fare_category\nadult,Adult,1\nchild,Child,4';
  assert.is(
    compile({ ...RIDERS, rider_categories: categories }).errors[0],
    "rider_categories.txt:3:13: is_default_fare_category is '4' (expected one of 0, 1)",
  );
});

test('without a default nobody is guessed to be an adult, and that is warned of', () => {
  const files = {
    ...RIDERS,
    rider_categories: 'rider_category_id,rider_category_name\nadult,Adult\nchild,Child',
  };
  assert.equal(compile(files).warnings, [
    'fare_products.txt:2:5: no rider category is the default: a rider who names none pays only what is for everybody',
  ]);
  assert.is(total(files, BUS), null);
  assert.is(total(files, TRAM), '2.00');
});

test('transfers cost each category what is sold to it', () => {
  const files = {
    ...RIDERS,
    fare_products: product(
      'bus,adult,3.20,EUR',
      'bus,child,1.60,EUR',
      'tram,,2.00,EUR',
      'on,adult,1.00,EUR',
      'half,child,0.30,EUR',
    ),
    fare_leg_rules: 'leg_group_id,network_id,fare_product_id\nB,n1,bus\nT,n2,tram',
    fare_transfer_rules:
      'from_leg_group_id,to_leg_group_id,fare_transfer_type,fare_product_id\nB,T,0,on\nB,T,0,half',
  };
  const legs = [ride('r1', 'a', 'b', '12:00:00'), ride('r2', 'b', 'c', '12:30:00')];
  assert.is(total(files, legs), '4.20');
  assert.is(total(files, legs, { categories: ['child'] }), '1.90');
});

test.run();
