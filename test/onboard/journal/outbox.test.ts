/** The outbox of a journal: what waits to be acknowledged, in which order, and what is sent again. */
import * as fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { Journal } from '../../../src/onboard/journal/journal.ts';
import { withFolder } from '../../temporary.ts';
import { aBody } from '../../wire/records.ts';
import { openIn, sequencesOf, soundRecords } from './journals.ts';

function append(journal: Journal, count: number): void {
  for (let record = 0; record < count; record++) journal.append(aBody());
}

test('records leave the outbox when that very record was acknowledged, in whatever order', () => {
  withFolder(folder => {
    let journal = openIn(folder);
    append(journal, 6);
    const steps: [acknowledged: number[], left: number[]][] = [
      [[4], [1, 2, 3, 5, 6]],
      [
        [2, 4],
        [1, 3, 5, 6],
      ],
      [[1], [3, 5, 6]],
      [[], [3, 5, 6]],
      [[3], [5, 6]],
      [[6, 5], []],
    ];
    for (const [acknowledged, left] of steps) {
      journal.acknowledge(acknowledged);
      assert.equal(sequencesOf(journal.outbox(100)), left);
      assert.is(journal.outboxSize(), left.length);
      journal.close();
      journal = openIn(folder);
      assert.equal(sequencesOf(journal.outbox(100)), left, 'after a restart too');
      assert.is(journal.outboxSize(), left.length);
    }
    journal.close();
  });
});

test('an acknowledgement of what was never written lets go of nothing, now or later', () => {
  withFolder(folder => {
    const journal = openIn(folder);
    append(journal, 2);
    journal.acknowledge([0, -1, 3, 4, 99, Number.MAX_SAFE_INTEGER]);
    append(journal, 2);
    assert.equal(sequencesOf(journal.outbox(100)), [1, 2, 3, 4]);
    assert.is(journal.outboxSize(), 4);
    journal.close();
  });
});

test('the outbox gives the oldest first and no more than were asked for', () => {
  withFolder(folder => {
    const journal = openIn(folder);
    append(journal, 5);
    journal.acknowledge([1, 3]);
    assert.equal(sequencesOf(journal.outbox(2)), [2, 4]);
    assert.equal(journal.outbox(0), []);
    journal.close();
  });
});

test('a range is sent again, acknowledged or not', () => {
  withFolder(folder => {
    const journal = openIn(folder);
    append(journal, 5);
    journal.acknowledge([1, 2, 3]);
    assert.equal(sequencesOf(journal.range(2, 4)), [2, 3, 4]);
    assert.equal(sequencesOf(journal.range(4, 99)), [4, 5]);
    assert.equal(journal.range(6, 99), []);
    assert.equal(journal.range(4, 2), []);
    journal.close();
  });
});

test('after any appends, acknowledgements and restarts the outbox holds what was appended and not acknowledged', () => {
  const step = fc.oneof(
    fc.record({ kind: fc.constant('append' as const), count: fc.integer({ min: 1, max: 4 }) }),
    fc.record({
      kind: fc.constant('acknowledge' as const),
      picks: fc.array(fc.integer({ min: 0, max: 24 }), { maxLength: 8 }),
    }),
    fc.record({ kind: fc.constant('restart' as const) }),
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 12 }), steps => {
      withFolder(folder => {
        let journal = openIn(folder);
        let written = 0;
        const waiting = new Set<number>();
        for (const each of steps) {
          if (each.kind === 'append') {
            append(journal, each.count);
            for (let more = 0; more < each.count; more++) waiting.add(++written);
          } else if (each.kind === 'acknowledge') {
            journal.acknowledge(each.picks);
            for (const pick of each.picks) waiting.delete(pick);
          } else {
            journal.close();
            journal = openIn(folder);
          }
          assert.equal(sequencesOf(journal.outbox(1000)), [...waiting]);
          assert.is(journal.outboxSize(), waiting.size);
        }
        assert.is(soundRecords(journal).length, written);
        journal.close();
      });
    }),
    { numRuns: 30 },
  );
});

test.run();
