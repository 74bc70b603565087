/** Lines of a table and whose they are, however the file comes in pieces; and how long a line may be. */
import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { formatProblem } from '../../../src/core/error.ts';
import { cardHash } from '../../../src/lab/taps/card-hash.ts';
import { CardLines } from '../../../src/lab/taps/card-lines.ts';
import { ROW_CHARS } from '../../../src/lab/taps/sound-lines.ts';

interface Found {
  /** `3 <hash> <line>` */
  readonly lines: string[];
  readonly problems: string[];
}

function found(pieces: readonly Buffer[]): Found {
  const [lines, problems]: [string[], string[]] = [[], []];
  const reader = new CardLines(
    'taps.csv',
    problem => problems.push(formatProblem(problem)),
    (hash, line, bytes, from, to) => lines.push(`${line} ${hash} ${bytes.toString('utf8', from, to)}`),
  );
  for (const piece of pieces) reader.push(piece);
  reader.end();
  return { lines, problems };
}

const lineOf = (line: number, card: string, text: string) => `${line} ${cardHash(card)} ${text}`;

test('a file cut into pieces anywhere is the same file', () => {
  const text = `at,card,category
2026-03-02 07:30,"a,b",student
2026-03-02 07:31,"c,student\r
2026-03-02 07:32, жанна ,studnt

2026-03-02 07:33,€𝄞,pupil
2026-03-02 07:34,e`;
  const bytes = Buffer.from(text);
  const expected: Found = {
    lines: [
      lineOf(2, 'a,b', '2026-03-02 07:30,"a,b",student'),
      lineOf(4, 'жанна', '2026-03-02 07:32, жанна ,studnt'),
      lineOf(6, '€𝄞', '2026-03-02 07:33,€𝄞,pupil'),
      lineOf(7, 'e', '2026-03-02 07:34,e'),
    ],
    problems: [
      'taps.csv:3:18: a quote is left open, or text follows a closing quote (expected quotes around the whole cell, and those inside it doubled)',
    ],
  };
  assert.equal(found([bytes]), expected);
  assert.equal(found([...bytes].map(byte => Buffer.from([byte]))), expected);
  fc.assert(
    fc.property(fc.nat(bytes.length), fc.nat(bytes.length), (a, b) => {
      const [from, to] = [Math.min(a, b), Math.max(a, b)];
      assert.equal(found([bytes.subarray(0, from), bytes.subarray(from, to), bytes.subarray(to)]), expected);
    }),
    { numRuns: 200 },
  );
});

/** In UTF-8 of one, two, three and four bytes: the last is two UTF-16 units. */
const LETTERS = ['x', 'ж', '€', '𝄞'];
/** Of a row of taps. */
const BEFORE = '2026-03-02 07:30,anna,';
const PIECE = 50_000;

function piecesOf(text: string): Buffer[] {
  const bytes = Buffer.from(text);
  const count = Math.ceil(bytes.length / PIECE);
  return Array.from({ length: count }, (_, piece) => bytes.subarray(piece * PIECE, (piece + 1) * PIECE));
}

for (const letter of LETTERS)
  for (const isLast of [false, true])
    test(`a line of '${letter}' is as long as a row may be, and one longer is left out, ${isLast ? 'at the end' : 'amid others'}`, () => {
      const room = Math.floor((ROW_CHARS - BEFORE.length) / letter.length);
      for (const [letters, isRow] of [
        [room, true],
        [room + 1, false],
        [room * 4, false],
      ] as const) {
        const long = BEFORE + letter.repeat(letters);
        const after = isLast ? '' : '\n2026-03-02 07:31,boris,\n';
        const { lines, problems } = found(piecesOf(`at,card,trip\n${long}${after}`));
        assert.equal(lines, [
          ...(isRow ? [lineOf(2, 'anna', long)] : []),
          ...(isLast ? [] : [lineOf(3, 'boris', '2026-03-02 07:31,boris,')]),
        ]);
        assert.is(problems.length, isRow ? 0 : 1);
        if (!isRow)
          assert.match(problems[0] ?? '', /^taps\.csv:2:65536: a line of more than 65,536 characters/);
      }
    });

test.run();
