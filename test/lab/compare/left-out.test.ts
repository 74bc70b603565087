/** Taps that are wrong: rows that are left out and told, columns that nobody knows, files that are refused whole. */
import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { formatProblem, TuraError } from '../../../src/core/error.ts';
import type { ReadTariff } from '../../../src/gtfs/tariff-files.ts';
import { TAPS_HELD } from '../../../src/lab/compare/in-order.ts';
import { LeftOut, PROBLEMS_TOLD } from '../../../src/lab/compare/left-out.ts';
import { city, compareTaps, LONDON, row, TYUMEN, TYUMEN_CHANGED, table } from './bench.ts';

test('a row that is wrong is told by line and column, and the rest is compared', async () => {
  const rows = [
    row({ at: '2026-03-02 07:30', card: 'anna' }),
    row({ at: '2026-03-02 07:31', card: 'boris', category: 'studnt', medium: 'bank' }),
    row({ at: 'noon', card: 'vera' }),
    row({ at: '2026-03-02 07:33', card: 'gleb' }),
  ];
  const { counts, problems } = await compareTaps(table(rows), TYUMEN, TYUMEN_CHANGED);
  assert.equal([counts.taps, counts.leftOut], [2, 2]);
  assert.equal(
    problems.map(problem => formatProblem({ ...problem, at: { ...problem.at, file: 'taps.csv' } })),
    [
      "taps.csv:3:28: no medium 'bank' (expected bank-card | qr-ticket | transport-card)",
      "taps.csv:3:33: no category 'studnt' (expected 'student')",
      "taps.csv:4:1: 'noon' is no moment (expected '2026-03-02T07:31:30+05:00' or '2026-03-02 07:31')",
    ],
  );
});

test('of problems without end a hundred are told, and the rest are counted', async () => {
  const rows = Array.from({ length: 1_000 }, (_, index) =>
    row({ at: '2026-03-02 07:30', card: 'anna', category: `c${index}` }),
  );
  const { counts, problems } = await compareTaps(
    table([row({ at: '2026-03-02 07:30', card: 'vera' }), ...rows]),
    TYUMEN,
    TYUMEN_CHANGED,
  );
  assert.equal([counts.taps, counts.leftOut, problems.length], [1, 1_000, 101]);
  assert.is(problems.at(-1)?.what, 'and 900 more');
});

test('a name that one of the tariffs knows is right', async () => {
  const named = city('tyumen', [
    '  general: {',
    '  veteran: { ridersPerTrip: 1, source: assumed }\n  general: {',
  ]);
  const rows = [row({ at: '2026-03-02 07:30', card: 'anna', category: 'veteran' })];
  const { counts, problems } = await compareTaps(table(rows), TYUMEN, named);
  assert.equal([counts.taps, problems], [1, []]);
});

test('a tap that stands late is put in its place, and one that stands too late is told', async () => {
  const entry = row({ at: '2026-03-02 08:00', card: 'anna', action: 'entry', network: 'rail', stop: 'quay' });
  const exit = row({ at: '2026-03-02 08:20', card: 'anna', action: 'exit', network: 'rail', stop: 'mill' });
  const others = (taps: number) =>
    Array.from({ length: taps }, () => row({ at: '2026-03-02 09:00', card: 'anna', network: 'bus' }));
  const near = await compareTaps(table([exit, ...others(9_000), entry]), LONDON, LONDON);
  assert.equal(
    [near.counts.leftOut, near.by.stop.find(({ key }) => key === 'quay')?.paidMinor.rider[0]],
    [0, 350],
  );
  const far = await compareTaps(table([exit, ...others(TAPS_HELD + 2_000), entry]), LONDON, LONDON);
  assert.is(far.counts.leftOut, 1);
  assert.match(far.problems.map(formatProblem).join('\n'), /:52003: a tap before one of the same card/);
});

test('a column that nobody knows is a warning', async () => {
  const { problems, counts } = await compareTaps(
    'at,card,driver\n2026-03-02 07:30,anna,ivan\n',
    TYUMEN,
    TYUMEN,
  );
  assert.equal([counts.taps, counts.leftOut, problems.map(({ severity }) => severity)], [1, 0, ['warning']]);
});

const REFUSED: readonly [what: string, text: string, old: ReadTariff, fresh: ReadTariff, said: RegExp][] = [
  ['two currencies', table([]), TYUMEN, LONDON, /two currencies: RUB in old, GBP in new/],
  [
    'a misspelt column',
    'at,card,catgory\n',
    TYUMEN,
    TYUMEN,
    /:1:9: unknown column 'catgory' \(expected 'category'\?\)/,
  ],
  ['a column that is missing', 'at,name\n', TYUMEN, TYUMEN, /column 'card' is missing/],
  ['an empty file', '', TYUMEN, TYUMEN, /is empty \(expected a line of column names\)/],
];

for (const [what, text, old, fresh, said] of REFUSED) {
  test(`${what} is refused by name`, async () => {
    try {
      await compareTaps(text, old, fresh);
      assert.unreachable();
    } catch (error) {
      assert.instance(error, TuraError);
      assert.match(error instanceof Error ? error.message : '', said);
    }
  });
}

const lines = fc.uniqueArray(fc.integer({ min: 2, max: 1_000 }), { minLength: 1, maxLength: 250 });

test('in whatever order lines come, the first of the file are told, by line', () => {
  fc.assert(
    fc.property(lines, came => {
      const leftOut = new LeftOut();
      for (const line of came)
        for (const what of ['at', 'stop'])
          leftOut.leaveOut(line, () => ({ at: { file: 'taps.csv', line }, what }));
      assert.is(leftOut.count, came.length);
      const all = [...came].sort((a, b) => a - b).flatMap(line => [`${line} at`, `${line} stop`]);
      const told = leftOut.problems.filter(({ at }) => at.line !== undefined);
      assert.equal(
        told.map(({ at, what }) => `${at.line} ${what}`),
        all.slice(0, PROBLEMS_TOLD),
      );
    }),
    { numRuns: 100 },
  );
});

test.run();
