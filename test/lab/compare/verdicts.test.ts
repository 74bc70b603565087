import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { NO_BITS, withBit } from '../../../src/lab/compare/bits.ts';
import { differenceOf } from '../../../src/lab/compare/sides.ts';
import { histogramOf, Judged, type Paid } from '../../../src/lab/compare/verdicts.ts';

function riders(differences: readonly number[]): Paid[] {
  return differences.map((difference, index) => ({
    card: `card-${index}`,
    paidMinor: [5_000, 5_000 + difference],
  }));
}

test('who pays less is better off, who pays more is worse off', () => {
  const judged = new Judged(riders([-1, 0, 1, 500, -500, 0]));
  assert.equal(judged.all, { better: 2, worse: 2, equal: 2 });
  assert.equal(judged.among([0, 1, 4].reduce(withBit, NO_BITS)), { better: 2, worse: 0, equal: 1 });
});

test('every rider stands in the one bin that reaches as far as the difference', () => {
  const differences = fc.array(fc.integer({ min: -20_000, max: 20_000 }), { minLength: 1, maxLength: 200 });
  fc.assert(
    fc.property(differences, all => {
      const own = riders(all);
      for (const { verdict, beyondMinor, toMinor, riders: count } of histogramOf(own)) {
        const inside = own
          .map(({ paidMinor }) => differenceOf(paidMinor))
          .filter(difference => {
            if (verdict === 'equal') return difference === 0;
            if (difference === 0 || difference < 0 !== (verdict === 'better')) return false;
            const size = Math.abs(difference);
            return size > Math.abs(beyondMinor) && (toMinor === undefined || size <= Math.abs(toMinor));
          });
        assert.is(count, inside.length);
      }
    }),
    { numRuns: 200 },
  );
});

test('bins are of a round width, and nineteen in twenty riders lie in those that have an end', () => {
  const bins = histogramOf(
    riders(Array.from({ length: 100 }, (_, index) => (index === 0 ? 90_000 : 100 + index))),
  );
  const ended = bins.filter(({ verdict, toMinor }) => verdict === 'worse' && toMinor !== undefined);
  assert.equal([ended[0]?.toMinor, ended.at(-1)?.toMinor, bins.at(-1)?.beyondMinor], [20, 220, 220]);
  assert.is(bins.at(-1)?.riders, 1);
});

test.run();
