/** Records that devices wrote, compared as a table is: what came twice is rated once, what was taken back never. */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { epoch } from '../../../src/core/time.ts';
import { recordLine } from '../../../src/wire/record/record.ts';
import { aRecord } from '../../wire/records.ts';
import { compareTaps, row, TYUMEN, TYUMEN_RAISED, table } from './bench.ts';

const recordAt = (sequence: number, minutes: number) =>
  recordLine(
    aRecord({
      ...{
        sequence,
        eventTimeMs: epoch(1_772_420_400_000 + minutes * 60_000),
        routeId: 'bus-25',
        tripId: `t${sequence}`,
      },
      ...{ mediumClass: 'bank-card', category: 'general' },
    }),
  );

test('records are compared as a table is, and one that came twice is rated once', async () => {
  const lines = [recordAt(1, 0), recordAt(2, 30), recordAt(1, 0), recordAt(3, 90)];
  const { counts, total, by } = await compareTaps(`${lines.join('\n')}\n`, TYUMEN, TYUMEN_RAISED);
  assert.equal([counts.taps, counts.repeats, counts.leftOut], [3, 1, 0]);
  assert.equal([total.paidMinor.rider, by.line[0]?.key], [[3 * 3700, 3 * 3800], 'bus-25']);
});

test('a ride that its driver took back was never ridden, however many lines stand between', async () => {
  const [ride, ...others] = Array.from({ length: 1_500 }, (_, index) => recordAt(index + 1, index * 90));
  const of = 'tmn-bus-101/00112233aabbccdd/1';
  const taken = recordLine(aRecord({ kind: 'void', sequence: 1_501, voidOf: of }));
  const { counts, total } = await compareTaps([ride, ...others, taken].join('\n'), TYUMEN, TYUMEN_RAISED);
  assert.equal([counts.taps, counts.takenBack, counts.leftOut], [1_499, 1, 0]);
  assert.equal(total.rides, [1_499, 1_499]);
});

test('a card that is held there for a moment longer is rated once', async () => {
  const tap = (at: string) => row({ at, card: 'anna', route: 'bus-1', trip: 'a' });
  const rows = [tap('2026-03-02 08:00:00'), tap('2026-03-02 08:00:01'), tap('2026-03-02 09:30:00')];
  const { counts, total } = await compareTaps(table(rows), TYUMEN, TYUMEN);
  assert.equal([counts.taps, counts.repeats, total.rides], [2, 1, [2, 2]]);
});

test('records that are missing are warned of: a hundred times, then how often more', async () => {
  const lines = Array.from({ length: 152 }, (_, index) => recordAt(2 * index + 1, index * 10));
  const { counts, problems } = await compareTaps(lines.join('\n'), TYUMEN, TYUMEN_RAISED);
  assert.equal([counts.taps, counts.leftOut, problems.length], [152, 0, 101]);
  assert.ok(problems.every(({ severity }) => severity === 'warning'));
  assert.match(problems[0]?.what ?? '', '2 is not here before 3');
  assert.is(problems.at(-1)?.what, 'and 51 more');
});

test.run();
