/** What is made smaller step by step: how far, and how much is looked at on the way. */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { shrunkTo } from '../../src/lab/shrink.ts';

/** From 100 down to the least number that is kept; each is one less at a time, and two more are looked at beside it. */
function shrunk(least: number, mostTried: number): { readonly to: number; readonly looks: number } {
  let looks = 0;
  const to = shrunkTo<number, number>(100, {
    *simpler(from) {
      for (const candidate of [from + 1, from, from - 1]) {
        looks += 1;
        yield candidate;
      }
    },
    weightOf: candidate => candidate,
    kept: candidate => (candidate >= least ? candidate : undefined),
    mostTried,
  });
  return { to, looks };
}

test('it ends where nothing smaller is still what it was', () => {
  assert.is(shrunk(90, 1000).to, 90);
});

for (const [mostTried, to] of [
  [0, 100],
  [2, 100],
  [3, 99],
  [4, 99],
  [6, 98],
] as const) {
  test(`of ${mostTried} candidates what was gained is kept, and none is looked at beyond them`, () => {
    const { to: smallest, looks } = shrunk(0, mostTried);
    assert.is(smallest, to);
    // One more is drawn before the limit is met.
    assert.ok(looks <= mostTried + 1);
  });
}

test.run();
