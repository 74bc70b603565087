/** A table of which only some cards are wanted: their taps, and what is wrong with them, as when all of it is read. */
import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { formatProblem } from '../../../src/core/error.ts';
import { readTariff } from '../../../src/gtfs/tariff-folder.ts';
import { tapsTable } from '../../../src/lab/taps/taps-table.ts';
import { nodeCrypto } from '../../../src/wire/node-crypto.ts';
import { TYUMEN_FOLDER } from '../../tariffs.ts';

const { tariff: TYUMEN } = readTariff(TYUMEN_FOLDER, nodeCrypto);

const CARDS = ['anna', 'boris', 'vera'];

/** What is read, problem or tap; `isTold`: the reader knows who is wanted, and others are not even cut into cells. */
function read(pieces: readonly string[], wanted: readonly string[], isTold: boolean) {
  const found: string[] = [];
  const isWanted = (card: string) => wanted.includes(card);
  const reader = tapsTable(
    'taps.csv',
    {
      tariffs: [TYUMEN],
      report: problem => found.push(formatProblem(problem)),
      leaveOut: (_line, why) => found.push(formatProblem(why())),
      ...(isTold ? { isWanted } : {}),
    },
    (who, line) => {
      if (isWanted(who)) found.push(`${line}: ${who}`);
    },
  );
  for (const piece of pieces) reader.push(piece);
  reader.end();
  return found;
}

const cell = fc.constantFrom('2026-03-02 07:30', '2026-03-02 07:30:59', 'noon', '');
const card = fc.constantFrom(...CARDS, ' anna ', '"boris"', '"ve""ra"', '');
const category = fc.constantFrom('', 'pupil', '"pupil"');
/** Also rows of too few cells; those of too many are wrong whoever's they are. */
const row = (first: boolean) =>
  fc
    .tuple(cell, card, category, fc.integer({ min: 1, max: 3 }), fc.constantFrom('\n', '\r\n'))
    .map(([at, who, what, cells, end]) => {
      const all = first ? [who, at, what] : [at, what, who];
      return all.slice(0, cells).join(',') + end;
    });

/** The card stands first, or last. */
const table = fc.boolean().chain(first =>
  fc.array(row(first), { maxLength: 40 }).map(rows => {
    const header = first ? 'card,at,category\n' : 'at,category,card\n';
    return header + rows.join('');
  }),
);

const inPieces = fc.tuple(table, fc.array(fc.nat(400), { maxLength: 6 })).map(([text, cuts]) => {
  const places = [0, ...cuts.filter(cut => cut < text.length).sort((a, b) => a - b), text.length];
  return places.slice(1).map((end, index) => text.slice(places[index], end));
});

/** Whose row a problem is about is in nobody's words: it is told by its line. */
const ofWanted = (found: readonly string[], pieces: readonly string[], wanted: readonly string[]) => {
  const lines = pieces.join('').split('\n');
  const column = lines[0]?.startsWith('card') ? 0 : 2;
  return found.filter(said => {
    const line = Number(/^(?:taps\.csv:)?(\d+)/.exec(said)?.[1] ?? 1);
    const text = lines[line - 1]?.split(',')[column]?.trim() ?? '';
    return wanted.includes(text.replace(/^"(.*)"$/, '$1').replaceAll('""', '"'));
  });
};

test('the taps of wanted cards, and what is wrong with theirs, are as when every card is wanted', () => {
  fc.assert(
    fc.property(inPieces, fc.subarray([...CARDS, 've"ra', '']), (pieces, wanted) => {
      const all = ofWanted(read(pieces, wanted, false), pieces, wanted);
      assert.equal(read(pieces, wanted, true), all);
    }),
    { numRuns: 500 },
  );
});

test.run();
