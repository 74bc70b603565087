import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { Rider } from '../../../src/lab/compare/rider.ts';
import { RidersOf } from '../../../src/lab/compare/riders-of.ts';
import { differenceOf, histogramOf, Judged } from '../../../src/lab/compare/verdicts.ts';

function riders(differences: readonly number[]): Rider[] {
  return differences.map((difference, index) => {
    const rider = new Rider(`card-${index}`, index);
    rider.paidMinor[0] = 5_000;
    rider.paidMinor[1] = 5_000 + difference;
    return rider;
  });
}

const members = fc.uniqueArray(fc.nat(400), { maxLength: 120 });

test('riders of a group are counted as a set counts them', () => {
  fc.assert(
    fc.property(members, members, (some, others) => {
      const [a, b] = [new RidersOf(), new RidersOf()];
      for (const rider of [...some, ...some]) a.add(rider);
      for (const rider of others) b.add(rider);
      assert.is(a.count, some.length);
      assert.is(a.countIn(b), some.filter(rider => others.includes(rider)).length);
    }),
    { numRuns: 200 },
  );
});

test('who pays less is better off, who pays more is worse off', () => {
  const judged = new Judged(riders([-1, 0, 1, 500, -500, 0]));
  assert.equal(judged.all, { better: 2, worse: 2, equal: 2 });
  const some = new RidersOf();
  for (const rider of [0, 1, 4]) some.add(rider);
  assert.equal(judged.among(some), { better: 2, worse: 0, equal: 1 });
});

test('every rider stands in the one bin that reaches as far as the difference', () => {
  const differences = fc.array(fc.integer({ min: -20_000, max: 20_000 }), { minLength: 1, maxLength: 200 });
  fc.assert(
    fc.property(differences, all => {
      const own = riders(all);
      for (const { verdict, beyondMinor, toMinor, riders: count } of histogramOf(own)) {
        const inside = own.map(differenceOf).filter(difference => {
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
