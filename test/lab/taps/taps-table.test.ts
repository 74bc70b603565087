/** A table of taps: what a row becomes, what is wrong with one, and that the rest is read all the same. */

import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { formatProblem } from '../../../src/core/error.ts';
import type { Outcome } from '../../../src/core/fare/account.ts';
import { formatLocal } from '../../../src/core/time.ts';
import { readTariff } from '../../../src/gtfs/tariff-folder.ts';
import { rateTaps, type Unrated } from '../../../src/lab/taps/rate-taps.ts';
import { readFareTaps } from '../../../src/lab/taps/taps-table.ts';
import { nodeCrypto } from '../../../src/wire/node-crypto.ts';
import { TYUMEN_FOLDER } from '../../tariffs.ts';

const { tariff: TYUMEN } = readTariff(TYUMEN_FOLDER, nodeCrypto);
const LONDON = readTariff(join(TYUMEN_FOLDER, '../london-like'), nodeCrypto);

const said = (text: string, tariff = TYUMEN) =>
  readFareTaps(text, 'taps.csv', tariff).problems.map(formatProblem);

test('a row becomes a tap; what it leaves empty is what the tariff takes for granted', () => {
  const text = 'at,card,trip\n2026-03-02 07:30:15,anna,t1\n2026-03-02T02:31:00Z,anna,\n';
  const { taps, problems } = readFareTaps(text, 'taps.csv', TYUMEN);
  assert.equal(problems, []);
  assert.equal(
    taps.map(({ card, line, tap: { ride } }) => [
      ...[card, line, ride.ref, formatLocal(TYUMEN.zone, ride.atMs), ride.serviceDate],
      ...[ride.trip, ride.mediumClass, ride.category],
    ]),
    [
      ['anna', 2, 'file/2', '2026-03-02T07:30:15+05:00', 20260302, 't1', 'transport-card', 'general'],
      ['anna', 3, 'file/3', '2026-03-02T07:31:00+05:00', 20260302, 'file/3', 'transport-card', 'general'],
    ],
  );
});

const WRONG: readonly [what: string, row: string, said: string][] = [
  [
    'no moment',
    'noon,anna,,,',
    "2:1: 'noon' is no moment (expected '2026-03-02T07:31:30+05:00' or '2026-03-02 07:31')",
  ],
  ['a day that is not there', '2026-02-30 07:00:00,anna,,,', "2:1: '2026-02-30 07:00:00' is no moment"],
  ['a second that is not there', '2026-03-02 07:00:60,anna,,,', "2:1: '2026-03-02 07:00:60' is no moment"],
  ['an action', '2026-03-02 07:30,anna,exits,,', "2:23: no action 'exits' (expected 'exit')"],
  ['a category', '2026-03-02 07:30,anna,,studnt,', "2:24: no category 'studnt' (expected 'student')"],
  [
    'an amount',
    '2026-03-02 07:30,anna,load,,1.001',
    "2:29: '1.001' is no amount to load (expected a decimal amount in RUB above zero)",
  ],
  [
    'a load of nothing',
    '2026-03-02 07:30,anna,load,,',
    '2:29: a load of nothing (expected a decimal amount in RUB above zero)',
  ],
  ['no card', '2026-03-02 07:30,,,,', '2:18: card is empty (expected text)'],
  [
    'an open quote',
    '2026-03-02 07:30,"anna,,,',
    '2:18: a quote is left open, or text follows a closing quote',
  ],
  [
    'text after a quote',
    '2026-03-02 07:30,"an"na,,,',
    '2:18: a quote is left open, or text follows a closing quote',
  ],
];

for (const [what, row, problem] of WRONG) {
  test(`${what} is told by line and column, and the taps around it are read`, () => {
    const text = `at,card,action,category,amount\n${row}\n2026-03-02 08:00,petr,,student,\n`;
    const { taps, problems } = readFareTaps(text, 'taps.csv', TYUMEN);
    assert.equal(
      taps.map(({ card }) => card),
      ['petr'],
    );
    assert.is(problems.length, 1);
    assert.ok(
      problems.map(formatProblem)[0]?.startsWith(`taps.csv:${problem}`),
      problems.map(formatProblem)[0],
    );
  });
}

test('a stop that no tariff knows is wrong where its network is priced by place, and right elsewhere', () => {
  const row = (network: string, stop: string) =>
    `at,card,network,stop\n2026-03-02 07:30,anna,${network},${stop}\n`;
  assert.equal(said(row('rail', 'quai'), LONDON.tariff), ["taps.csv:2:28: no stop 'quai' (expected 'quay')"]);
  assert.equal(said(row('rail', 'quay'), LONDON.tariff), []);
  assert.equal(said(row('bus', 'anywhere'), LONDON.tariff), []);
  assert.equal(said(row('', 'anywhere')), []);
});

test('quotes may stand around a cell and, doubled, inside it', () => {
  const { taps, problems } = readFareTaps(
    'at,card\n2026-03-02 07:30,"an""na, the first"\n',
    'taps.csv',
    TYUMEN,
  );
  assert.equal(problems, []);
  assert.is(taps[0]?.card, 'an"na, the first');
});

function reasonOf(outcome: Outcome | Unrated): string {
  return typeof outcome === 'string' ? outcome : outcome.reason;
}

test('rows without a device are rated by their moments, those of one moment as they stand', () => {
  const text = `at,card,action,network,stop
2026-03-02 08:20,anna,exit,rail,mill
2026-03-02 08:00,anna,entry,rail,quay
2026-03-02 09:00,anna,entry,rail,quay
2026-03-02 09:00,anna,exit,rail,quay
`;
  const read = readFareTaps(text, 'taps.csv', LONDON.tariff);
  const { outcomes, cards } = rateTaps(LONDON.tariffs, read, () => undefined);
  assert.equal(outcomes.map(reasonOf), ['fare-paid', 'journey-begun', 'journey-begun', 'same-stop']);
  assert.is(cards[0]?.totalMinor, 350);
});

test('the rows of one device are rated as they stand, whatever its clock says', () => {
  const text = `at,card,action,network,stop,device
2026-03-02 08:20,anna,entry,rail,quay,gate
2026-03-02 08:00,anna,exit,rail,mill,gate
`;
  const read = readFareTaps(text, 'taps.csv', LONDON.tariff);
  const { outcomes } = rateTaps(LONDON.tariffs, read, () => undefined);
  assert.equal(outcomes.map(reasonOf), ['journey-begun', 'fare-paid']);
});

test.run();
