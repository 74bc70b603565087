import * as fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { isPolicyNumber } from '../../../../src/core/card/policy/number.ts';

test('of sixteen digits the last checks the others, and only one of ten does', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^\d{15}$/), digits => {
      const right = Array.from('0123456789').filter(last => isPolicyNumber(digits + last));
      assert.is(right.length, 1);
    }),
  );
});

test('a digit that is mistyped, or two neighbours that changed places, is noticed', () => {
  const number = '7251840831000013';
  assert.ok(isPolicyNumber(number));
  for (let at = 0; at < 16; at++) {
    const other = String((Number(number[at]) + 1) % 10);
    assert.not.ok(isPolicyNumber(number.slice(0, at) + other + number.slice(at + 1)), `digit ${at}`);
  }
  assert.not.ok(isPolicyNumber('7521840831000013'));
});

for (const none of ['', '725184083100001', '72518408310000130', '725184083100001x', '7251 8408 3100 0013']) {
  test(`'${none}' is none`, () => assert.not.ok(isPolicyNumber(none)));
}

test.run();
