/** The total order of taps, whatever order they came in. */
import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { AccountTap } from '../../../src/core/fare/account.ts';
import { inTotalOrder } from '../../../src/core/fare/order.ts';
import { epoch, type ServiceDate } from '../../../src/core/time.ts';

function tapOf(stream: string, sequence: number, at: number): AccountTap {
  const ref = `${stream}/${sequence}`;
  const ride = { ref, atMs: epoch(at), serviceDate: 20260302 as ServiceDate, trip: ref };
  return { stream, sequence, hash: ref, ride: { ...ride, mediumClass: 'card', category: 'adult' } };
}

const said = (taps: readonly AccountTap[]) =>
  inTotalOrder(taps).map(({ stream, sequence }) => `${stream}${sequence}`);

const ROWS: readonly [what: string, taps: readonly AccountTap[], order: readonly string[]][] = [
  ['by their moments', [tapOf('b', 1, 20), tapOf('a', 7, 10)], ['a7', 'b1']],
  ['of one moment, by device and its own count', [tapOf('b', 1, 10), tapOf('a', 7, 10)], ['a7', 'b1']],
  ['of one device, by its own count', [tapOf('a', 2, 10), tapOf('a', 1, 20)], ['a1', 'a2']],
  [
    'of a device whose clock was set back, with another between them',
    [tapOf('a', 2, 10), tapOf('b', 1, 15), tapOf('a', 1, 20)],
    ['b1', 'a1', 'a2'],
  ],
];

for (const [what, taps, order] of ROWS) {
  test(`taps stand ${what}`, () => assert.equal(said(taps), order));
}

/** Each with a number of its own on its device; clocks say anything. */
const made = fc
  .array(fc.record({ stream: fc.constantFrom('a', 'b', 'c'), at: fc.integer({ min: 1, max: 9 }) }), {
    maxLength: 12,
  })
  .map(taps => taps.map(({ stream, at }, index) => tapOf(stream, index, at)));
const shuffled = made.chain(taps =>
  fc.tuple(fc.constant(taps), fc.shuffledSubarray(taps, { minLength: taps.length })),
);

test('how they arrived does not matter, and no device is told otherwise than it counted', () => {
  fc.assert(
    fc.property(shuffled, ([taps, arrived]) => {
      const ordered = inTotalOrder(arrived);
      assert.equal(said(arrived), said(taps));
      for (const stream of ['a', 'b', 'c']) {
        const counted = ordered.filter(tap => tap.stream === stream).map(({ sequence }) => sequence);
        assert.equal(
          counted,
          [...counted].sort((a, b) => a - b),
        );
      }
    }),
    { numRuns: 1_000 },
  );
});

test.run();
