import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { compile, products, ride, total } from '../itinerary/feed.ts';

const PRICES = products({ dear: '5.00', cheap: '1.00' });
const rules = (...rows: string[]) => ['network_id,fare_product_id,rule_priority', ...rows].join('\n');

const ROWS: [what: string, rows: string[], paid: string][] = [
  ['the higher priority wins, though it be dearer', ['n1,dear,2', 'n1,cheap,1'], '5.00'],
  ['the order of the rows is nothing', ['n1,cheap,1', 'n1,dear,2'], '5.00'],
  ['of equal priorities the cheaper is the rider’s', ['n1,dear,1', 'n1,cheap,1'], '1.00'],
  ['no priority is zero', ['n1,dear,', 'n1,cheap,0'], '1.00'],
  ['and below one', ['n1,dear,1', 'n1,cheap,'], '5.00'],
  ['a higher priority that does not match is nothing', ['n2,dear,9', 'n1,cheap,1'], '1.00'],
];
for (const [what, rows, paid] of ROWS) {
  test(what, () =>
    assert.is(total({ ...PRICES, fare_leg_rules: rules(...rows) }, [ride('r1', 'a', 'b')]), paid),
  );
}

test('a priority below zero is refused', () => {
  const { errors } = compile({ ...PRICES, fare_leg_rules: rules('n1,dear,-1') });
  assert.is(errors[0], "fare_leg_rules.txt:2:9: rule_priority is '-1' (expected a whole number from 0)");
});

test.run();
