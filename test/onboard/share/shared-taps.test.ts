/** What is known of riders aboard is the same whatever order it came in, and never more than is stated. */
import * as fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { epoch } from '../../../src/core/time.ts';
import {
  MAX_STANDINGS,
  momentAfter,
  SharedTaps,
  type Standing,
} from '../../../src/onboard/share/shared-taps.ts';
import { standing, tokenOf } from './standings.ts';

function known(taps: SharedTaps): readonly Standing[] {
  return [...taps.all()].sort((a, b) => (a.token.value < b.token.value ? -1 : 1));
}

const anyStanding = fc
  .tuple(fc.nat(4), fc.nat(5), fc.constantFrom('a', 'b', 'c'), fc.nat(5))
  .map(([rider, atMs, deviceId, sequence]) => standing(rider, atMs, deviceId, sequence));

test('in any order, and as often as they come, the same taps leave the same behind', () => {
  fc.assert(
    fc.property(fc.array(anyStanding, { maxLength: 30 }), fc.infiniteStream(fc.nat()), (taps, luck) => {
      const [once, again] = [new SharedTaps(), new SharedTaps()];
      for (const tap of taps) once.merge(tap);
      const shuffled = [...taps, ...taps].map(tap => ({ tap, at: luck.next().value ?? 0 }));
      for (const { tap } of shuffled.sort((a, b) => a.at - b.at)) again.merge(tap);
      assert.equal(known(again), known(once));
    }),
    { numRuns: 300 },
  );
});

test('only what is later than all that is known of a rider is news', () => {
  const taps = new SharedTaps();
  assert.is(taps.merge(standing(1, 10)), true);
  assert.is(taps.merge(standing(1, 10)), false, 'again');
  assert.is(taps.merge(standing(1, 9)), false, 'earlier');
  assert.is(taps.merge(standing(1, 11)), true);
  assert.is(taps.newest([tokenOf(9), tokenOf(1)])?.atMs, 11);
  assert.is(taps.newest([tokenOf(9)]), undefined);
});

test('whoever decides by a tap of another clock comes after it, however far that clock is ahead', () => {
  assert.is(momentAfter(undefined, epoch(5)), 5);
  assert.is(momentAfter(standing(1, 4), epoch(5)), 5);
  assert.is(momentAfter(standing(1, 5), epoch(5)), 6);
  assert.is(momentAfter(standing(1, 900), epoch(5)), 901);
});

test('never more riders are held than is stated, and those that go are the oldest', () => {
  const taps = new SharedTaps();
  for (let rider = 0; rider < 3 * MAX_STANDINGS; rider++) {
    taps.merge(standing(rider, rider));
    assert.ok(taps.size <= MAX_STANDINGS);
  }
  assert.is(taps.newest([tokenOf(3 * MAX_STANDINGS - 1)])?.atMs, 3 * MAX_STANDINGS - 1);
  assert.is(taps.newest([tokenOf(0)]), undefined);
});

test.run();
