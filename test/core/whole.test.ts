import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { whole } from '../../src/core/whole.ts';

for (const value of [
  0,
  1,
  -1,
  2 ** 31 - 1,
  -(2 ** 31),
  2 ** 31,
  2 ** 53 - 1,
  0.5,
  -0.5,
  Number.POSITIVE_INFINITY,
]) {
  test(`${value} stays what it is`, () => assert.is(whole(value), value));
}

test('nothing has no sign', () => assert.ok(Object.is(whole(-0), 0)));

test.run();
