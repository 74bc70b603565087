/** Journal records as taps, line by line. */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { formatProblem } from '../../../src/core/error.ts';
import type { JournalRecord } from '../../../src/core/record.ts';
import { epoch } from '../../../src/core/time.ts';
import { readTariff } from '../../../src/gtfs/tariff-folder.ts';
import { rateTaps } from '../../../src/lab/taps/rate-taps.ts';
import { LINE_CHARS, readTapLines } from '../../../src/lab/taps/taps-lines.ts';
import { nodeCrypto } from '../../../src/wire/node-crypto.ts';
import { recordLine } from '../../../src/wire/record/record.ts';
import { TYUMEN_FOLDER } from '../../tariffs.ts';
import { aRecord } from '../../wire/records.ts';

const { tariff } = readTariff(TYUMEN_FOLDER, nodeCrypto);
const WHO = { mediumClass: 'transport-card', category: 'student' };

const tap = (sequence: number, changes: Partial<JournalRecord> = {}) =>
  recordLine(aRecord({ sequence, ...WHO, ...changes }));
const read = (...lines: readonly string[]) =>
  readTapLines(lines.join('\n'), 'taps.ndjson', tariff, nodeCrypto);

test('a record becomes a tap of its token, and what is no ride is stepped over', () => {
  const { taps, problems } = read(
    tap(1),
    '',
    tap(2, { kind: 'health' }),
    tap(3, { decision: 'declined', reason: 'passback' }),
    tap(4, { action: 'check' }),
    tap(5),
  );
  assert.equal(problems, []);
  assert.equal(
    taps.map(({ line, tap: { ride } }) => [line, ride.ref.split('/').at(-1), ride.category]),
    [
      [1, '1', 'student'],
      [6, '5', 'student'],
    ],
  );
  assert.match(taps[0]?.card ?? '', /^uid:1:[0-9a-f]{32}$/);
});

test('a ride that its driver took back is rated as never ridden, and the tap right after it is no double', () => {
  const { eventTimeMs } = aRecord();
  const of = 'tmn-bus-101/00112233aabbccdd/1';
  const text = read(
    tap(1),
    tap(2, { kind: 'void', decision: undefined, reason: undefined, voidOf: of }),
    tap(3, { eventTimeMs: epoch(eventTimeMs + 1000) }),
  );
  const { outcomes, cards } = rateTaps([tariff], text, () => undefined);
  assert.equal(
    outcomes.map(outcome => (typeof outcome === 'string' ? outcome : outcome.reason)),
    ['voided', 'concession'],
  );
  assert.is(cards[0]?.journeys, 1);
});

test('a line that is no record is told by its number, and those around it are read', () => {
  const { taps, problems } = read(tap(1), '{"kind":', '{"kind":"tap"}', tap(2));
  assert.equal(
    taps.map(({ line }) => line),
    [1, 4],
  );
  assert.equal(
    problems.map(({ at, expected }) => [at.line, expected]),
    [
      [2, 'a journal record'],
      [3, 'a journal record'],
    ],
  );
});

test('a line without end is left out whole, and told once', () => {
  const { taps, problems } = read(tap(1), `{"kind":"${'x'.repeat(LINE_CHARS)}"}`, tap(2));
  assert.equal(
    taps.map(({ line }) => line),
    [1, 3],
  );
  assert.equal(problems.map(formatProblem), [
    'taps.ndjson:2: a line of more than 262,144 characters (expected a journal record)',
  ]);
});

test.run();
