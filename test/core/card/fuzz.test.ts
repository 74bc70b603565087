/** A small round of what `npm run fuzz` does a million times. */
import * as fc from 'fast-check';
import { test } from 'uvu';
import { CARD_TARGETS } from '../../../scripts/fuzz/card.ts';

for (const [name, target] of Object.entries(CARD_TARGETS)) {
  test(`${name} takes any bytes`, () => fc.assert(target(), { numRuns: 300 }));
}

test.run();
