/**
 * A card that leaves, at any boundary of any command, before or after its chip has dealt with it, or in the middle of a
 * write: it is as it was, or as it was to be, and who reads it next can tell which.
 */
import * as fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { openTransit, writeTransit } from '../../../../src/core/card/transit/talk.ts';
import { virtualChip } from '../../../../src/core/card/virtual/chip.ts';
import { type CardMemory, memoryOf } from '../../../../src/core/card/virtual/transit.ts';
import { play } from '../play.ts';
import { bytesOf, issued, plain, reading, standing } from './cards.ts';

class Torn extends Error {}

const state = (counter: number, used: number) =>
  bytesOf(plain({ counter, rider: { ...plain().rider, quota: { month: 202603, used } } }));

/** A memory that loses its power after `left` bytes of what is written to it. */
function cutMemory(kept: CardMemory, power: { left: number }): CardMemory {
  return {
    read: copy => kept.read(copy),
    write(copy, bytes) {
      const before = kept.read(copy);
      const written = Math.min(power.left, bytes.length);
      power.left -= written;
      // What was there before stands behind what was written.
      const length = Math.max(written, before.length);
      kept.write(
        copy,
        written === bytes.length
          ? bytes
          : Uint8Array.from({ length }, (_, at) => (at < written ? bytes[at] : before[at]) ?? 0),
      );
      if (written < bytes.length) throw new Torn();
    },
  };
}

test('torn at every boundary of every command, on both sides, a card is one or the other', () => {
  for (let rides = 0; rides < 3; rides++) {
    for (let at = 0; at < 3; at++) {
      for (const isHeard of [false, true]) {
        const card = issued(plain());
        const chip = virtualChip({ transit: card });
        // Both copies in use, or one of them never written.
        for (let ride = 0; ride < rides; ride++) {
          const opening = play(openTransit(reading(ride + 1)), chip);
          assert.is(opening.kind, 'transit');
          if (opening.kind === 'transit') play(writeTransit(opening, state(ride + 2, ride)), chip);
        }
        const before = standing(card);
        const intended = state(rides + 2, 40);
        let asked = 0;
        const torn = (command: Uint8Array) => {
          if (asked++ < at) return chip(command);
          if (isHeard) chip(command);
          throw new Torn();
        };
        assert.throws(() => {
          const opening = play(openTransit(reading(99)), torn);
          if (opening.kind === 'transit') play(writeTransit(opening, intended), torn);
        });
        assert.equal(standing(card), at === 2 && isHeard ? intended : before);
        const again = play(openTransit(reading(100)), virtualChip({ transit: card }));
        assert.is(again.kind === 'transit' && again.counter, rides + (at === 2 && isHeard ? 2 : 1));
      }
    }
  }
});

test('a write cut short after any of its bytes leaves the state before it, and the next one goes through', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(40), { maxLength: 12 }), cuts => {
      const power = { left: Number.POSITIVE_INFINITY };
      const card = issued(plain(), { memory: cutMemory(memoryOf(), power) });
      let counter = 1;
      for (const cut of [...cuts, 1000]) {
        const before = standing(card);
        const intended = state(counter + 1, cut);
        power.left = cut;
        const chip = virtualChip({ transit: card });
        try {
          const opening = play(openTransit(reading(counter)), chip);
          if (opening.kind === 'transit') play(writeTransit(opening, intended), chip);
          counter += 1;
          assert.equal(standing(card), intended);
        } catch (error) {
          if (!(error instanceof Torn)) throw error;
          assert.equal(standing(card), before);
        }
      }
      assert.ok(counter > 1);
    }),
    { numRuns: 200 },
  );
});

test.run();
