import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { countBits, countBoth, NO_BITS, withAll, withBit } from '../../../src/lab/compare/bits.ts';

const members = fc.uniqueArray(fc.nat(400), { maxLength: 120 });
const bitsOf = (numbers: readonly number[]) => numbers.reduce(withBit, NO_BITS);

test('a set counts its members, and those it has in common with another', () => {
  fc.assert(
    fc.property(members, members, (some, others) => {
      assert.is(countBits(bitsOf([...some, ...some])), some.length);
      assert.is(countBoth(bitsOf(some), bitsOf(others)), some.filter(one => others.includes(one)).length);
    }),
    { numRuns: 200 },
  );
});

test('a set takes in another, each of its numbers so much higher', () => {
  fc.assert(
    fc.property(members, members, fc.nat(200), (some, more, offset) => {
      const union = new Set([...some, ...more.map(one => one + offset)]);
      const all = withAll(bitsOf(some), bitsOf(more), offset);
      assert.is(countBits(all), union.size);
      assert.is(countBoth(all, bitsOf([...union])), union.size);
    }),
    { numRuns: 200 },
  );
});

test.run();
