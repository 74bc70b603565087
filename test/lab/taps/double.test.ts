/** A tap that is read again: told by its moment and its trip, whatever order the file has. */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { readTariff } from '../../../src/gtfs/tariff-folder.ts';
import { rateTaps } from '../../../src/lab/taps/rate-taps.ts';
import { readFareTaps } from '../../../src/lab/taps/taps-table.ts';
import { nodeCrypto } from '../../../src/wire/node-crypto.ts';
import { TYUMEN_FOLDER } from '../../tariffs.ts';

const { tariff, tariffs } = readTariff(TYUMEN_FOLDER, nodeCrypto);

/** By row: what its tap came to. */
function cameTo(...rows: readonly string[]): readonly string[] {
  const read = readFareTaps(`at,card,trip\n${rows.join('\n')}\n`, 'taps.csv', tariff);
  assert.equal(read.problems, []);
  const { outcomes } = rateTaps(tariffs, read, () => undefined);
  return outcomes.map(outcome => (typeof outcome === 'string' ? outcome : outcome.reason));
}

const ORDERS: readonly [what: string, rows: readonly string[], cameTo: readonly string[]][] = [
  ['right after it', ['2026-03-02 07:30:00,anna,t1', '2026-03-02 07:30:01,anna,t1'], ['fare-paid', 'repeat']],
  ['before it', ['2026-03-02 07:30:01,anna,t1', '2026-03-02 07:30:00,anna,t1'], ['repeat', 'fare-paid']],
  [
    'with a later ride between',
    ['2026-03-02 07:30:00,anna,t1', '2026-03-02 08:00:00,anna,t2', '2026-03-02 07:30:01,anna,t1'],
    ['fare-paid', 'free-transfer', 'repeat'],
  ],
];

for (const [what, rows, expected] of ORDERS) {
  test(`a tap that is read again is a repeat where it stands ${what}`, () => {
    assert.equal(cameTo(...rows), expected);
  });
}

test('another card at the same moment, and the same one two seconds later, are no repeats', () => {
  const [, other, later] = cameTo(
    '2026-03-02 07:30:00,anna,t1',
    '2026-03-02 07:30:01,petr,t1',
    '2026-03-02 07:30:02,anna,t1',
  );
  assert.is(other, 'fare-paid');
  assert.is.not(later, 'repeat');
});

test.run();
