/** A file of taps sorted by card: its taps, and what is wrong with them, as when it is read from its first line to its last. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { formatProblem } from '../../../src/core/error.ts';
import { epoch } from '../../../src/core/time.ts';
import { readTariff } from '../../../src/gtfs/tariff-folder.ts';
import { sortByCard } from '../../../src/lab/taps/by-card.ts';
import type { ReadText, TapsFor } from '../../../src/lab/taps/fare-tap.ts';
import { readTaps } from '../../../src/lab/taps/fare-tap.ts';
import { readTapLines } from '../../../src/lab/taps/taps-lines.ts';
import { readTapTable } from '../../../src/lab/taps/taps-table.ts';
import { nodeCrypto } from '../../../src/wire/node-crypto.ts';
import { recordLine } from '../../../src/wire/record/record.ts';
import { TYUMEN_FOLDER } from '../../tariffs.ts';
import { withFolder } from '../../temporary.ts';
import { aRecord } from '../../wire/records.ts';

const { tariff: TYUMEN } = readTariff(TYUMEN_FOLDER, nodeCrypto);

/** Taps and problems, each with its line, in the order of lines. */
type Found = readonly string[];

const tapSaid = (line: number, card: string, ref: string) => `${line}: ${card} ${ref}`;
const lineOf = (said: string) => Number(/^(?:taps\.\w+:)?(\d+)/.exec(said)?.[1] ?? 0);
const byLine = (found: readonly string[]): Found =>
  [...found].sort((a, b) => lineOf(a) - lineOf(b) || (a < b ? -1 : 1));

/** In so many parts, one after another. */
function sorted(name: string, text: string, of: number, isWanted?: (card: string) => boolean) {
  return withFolder(async folder => {
    const file = join(folder, name);
    writeFileSync(file, text);
    const found: string[] = [];
    const said = (problem: Parameters<typeof formatProblem>[0]) =>
      found.push(formatProblem({ ...problem, at: { ...problem.at, file: name } }));
    for (let index = 0; index < of; index++) {
      const report: TapsFor['report'] = index === 0 ? said : () => undefined;
      const byCard = await sortByCard(file, { index, of }, report, () => undefined);
      const taps: TapsFor = {
        ...{ tariffs: [TYUMEN], report: () => assert.unreachable(), leaveOut: (_line, why) => said(why()) },
        ...(isWanted === undefined ? {} : { isWanted }),
      };
      const read = byCard.reader(taps, (card, line, [tap]) =>
        found.push(tapSaid(line, card, tap?.ride.ref ?? '')),
      );
      const lines = byCard.trays.flatMap(tray => [...read(tray)]).reduce((sum, few) => sum + few, 0);
      assert.is(lines, byCard.lines);
      byCard.close();
    }
    return byLine(found);
  });
}

function inOneGo(read: ReadText, name: string, text: string): Found {
  const { taps, problems } = readTaps(read, text, name, TYUMEN);
  return byLine([
    ...taps.map(({ line, card, tap }) => tapSaid(line, card, tap.ride.ref)),
    // A file that is read as a text holds no bytes that are not UTF-8: what looks like their stand-in was written there.
    ...problems.filter(({ expected }) => expected !== 'UTF-8').map(formatProblem),
  ]);
}

const CARDS = ['anna', 'boris', 'vera'];

const cell = fc.constantFrom(
  '2026-03-02 07:30',
  '2026-03-02 07:30:59',
  'noon',
  '',
  '2026-03-02 07:30 \u00e9',
);
const card = fc.constantFrom(...CARDS, ' anna ', '\uFFFD', '"boris"', '"ve""ra"', '', 'Ольга');
const category = fc.constantFrom('', 'pupil', '"pupil"', '"x');
/** Also rows of too few cells, and lines that hold nothing. */
const row = (first: boolean) =>
  fc
    .tuple(cell, card, category, fc.integer({ min: 0, max: 3 }), fc.constantFrom('\n', '\r\n'))
    .map(([at, who, what, cells, end]) => {
      const all = first ? [who, at, what] : [at, what, who];
      return all.slice(0, cells).join(',') + end;
    });

/** The card stands first, or last; the last line may lack its end. */
const table = fc
  .tuple(fc.boolean(), fc.constantFrom('', '\uFEFF', '\n \n\r\n', '""\n', '\uFEFF\n\n'), fc.boolean())
  .chain(([first, before, isEnded]) =>
    fc.array(row(first), { maxLength: 40 }).map(rows => {
      const header = first ? 'card,at,category\n' : 'at,category,card\n';
      const text = before + header + rows.join('');
      return isEnded ? text : text.trimEnd();
    }),
  );

test('a table comes to the same taps and the same problems, in however many parts', async () => {
  await fc.assert(
    fc.asyncProperty(table, fc.integer({ min: 1, max: 3 }), async (text, of) => {
      assert.equal(await sorted('taps.csv', text, of), inOneGo(readTapTable, 'taps.csv', text));
    }),
    { numRuns: 300 },
  );
});

test('lines without end before the column names are not kept', async () => {
  const text = `${'\n'.repeat(3_000_000)}at,card\n2026-03-02 07:30,anna\nnoon,boris\n`;
  assert.equal(await sorted('taps.csv', text, 1), [
    '3000002: anna file/3000002',
    "taps.csv:3000003:1: 'noon' is no moment (expected '2026-03-02T07:31:30+05:00' or '2026-03-02 07:31')",
  ]);
});

test('cards of a series lie in all trays, and in all parts', async () => {
  // Doubled halves: the parity of all their characters is the same.
  const cards = Array.from({ length: 4_000 }, (_, index) =>
    (index * 7919).toString(16).padStart(8, '0').repeat(2),
  );
  const rows = cards.flatMap(name => Array.from({ length: 4 }, () => `2026-03-02 07:30,${name}\n`));
  await withFolder(async folder => {
    const file = join(folder, 'taps.csv');
    writeFileSync(file, `at,card\n${rows.join('')}`);
    for (const index of [0, 1]) {
      const byCard = await sortByCard(
        file,
        { index, of: 2 },
        () => undefined,
        () => undefined,
      );
      assert.ok(byCard.lines > 7_000 && byCard.lines < 9_000, `${byCard.lines} lines`);
      assert.is(new Set(cards.map(name => byCard.trayOf(name))).size, byCard.trays.length);
      byCard.close();
    }
  });
});

test('of wanted cards, only theirs are cut into cells', async () => {
  const text = 'at,card\n2026-03-02 07:30,anna\nnoon,boris\n2026-03-02 07:31,"anna"\n';
  assert.equal(await sorted('taps.csv', text, 1, name => name === 'anna'), [
    '2: anna file/2',
    '4: anna file/4',
  ]);
});

test('a long table is read back from its trays', async () => {
  const rows = Array.from({ length: 30_000 }, (_, index) => {
    const minute = String(index % 60).padStart(2, '0');
    return `2026-03-02 07:${index % 1_000 === 0 ? 'noon' : minute},card ${index % 777}${index % 2 ? 'ё' : ''}\n`;
  });
  const text = `at,card\n${rows.join('')}`;
  const found = await sorted('taps.csv', text, 2);
  assert.equal(found, inOneGo(readTapTable, 'taps.csv', text));
  assert.is(found.length, 30_000);
});

test('records come to the same taps, and what is missing or no record is told once', async () => {
  const record = (sequence: number, token: string) =>
    recordLine(
      aRecord({
        ...{ sequence, eventTimeMs: epoch(1_772_420_400_000 + sequence * 60_000) },
        ...{ mediumClass: 'transport-card', category: 'student' },
        token: { kind: 'uid', keyId: 1, value: token.repeat(32) },
      }),
    );
  const lines = [record(1, 'a'), record(2, 'b'), '{"kind":', '', record(4, 'a'), record(5, 'c')];
  const text = `${lines.join('\n')}\n`;
  const { taps, problems } = readTapLines(text, 'taps.ndjson', TYUMEN, nodeCrypto);
  const expected = byLine([
    ...taps.map(({ line, card: who, tap }) => tapSaid(line, who, tap.ride.ref)),
    ...problems.map(formatProblem),
  ]);
  assert.is(taps.length, 4);
  for (const of of [1, 2, 3]) assert.equal(await sorted('taps.ndjson', text, of), expected);
});

test.run();
