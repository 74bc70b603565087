/** Two smaller drafts that a real feed uses: rules by the product in use, and legs only for who transfers to them. */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { type Files, partsOf, products, rate, ride, total } from './feed.ts';

const BASE: Files = {
  ...products({ cash: '2.00', ticket: '2.40' }),
  fare_leg_rules: 'leg_group_id,fare_product_id\nL,cash\nL,ticket',
};
const transfers = (behavior: string, filter: string): Files => ({
  ...BASE,
  fare_transfer_rules: `from_leg_group_id,to_leg_group_id,transfer_count,fare_transfer_type,fare_product_behavior,filter_fare_product_id\nL,L,-1,0,${behavior},${filter}`,
});
const TWICE = [ride('r1', 'a', 'b', '12:00:00'), ride('r2', 'b', 'c', '12:30:00')];

test('without it a transfer holds whichever products both legs are paid by', () => {
  assert.is(total(transfers('0', ''), TWICE), '2.00');
});

test('a rule for one product is none for another: the dearer ticket pays for both legs', () => {
  assert.equal(partsOf(rate(transfers('', 'ticket'), { legs: TWICE })), ['ticket 2.40', 'cash 0.00']);
  assert.equal(partsOf(rate(transfers('1', 'ticket'), { legs: TWICE })), ['ticket 2.40', 'ticket 0.00']);
});

test('a rule for equal products holds for either of them', () => {
  assert.equal(partsOf(rate(transfers('1', ''), { legs: TWICE })), ['cash 2.00', 'cash 0.00']);
});

test('a leg rule only for who transfers is no fare for the first leg', () => {
  const files: Files = {
    ...products({ train: '5.00', feeder: '0.50' }),
    fare_leg_rules: 'leg_group_id,network_id,fare_product_id,transfer_only\nT,n1,train,\nF,n2,feeder,1',
    fare_transfer_rules: 'from_leg_group_id,to_leg_group_id,fare_transfer_type\nT,F,1',
  };
  const train = ride('r1', 'a', 'b', '12:00:00');
  const feeder = (time: string) => ride('r2', 'b', 'c', time);
  assert.is(total(files, [train, feeder('12:30:00')]), '5.50');
  assert.is(total(files, [feeder('12:30:00')]), null);
  assert.is(total(files, [train, feeder('12:30:00'), feeder('13:00:00')]), null);
});

test.run();
