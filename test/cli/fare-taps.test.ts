/** `tura fare taps`, `tura tariff check` and `tura tariff explain`, as they are called. */
import { cpSync, mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { withTariffCopy } from '../tariffs.ts';
import { folder, write } from './input.ts';
import { objects, tura } from './tura.ts';

const TYUMEN = join(import.meta.dirname, '../../fixtures/tariffs/tyumen');

const TAPS = `at,card,trip,category
2026-03-02 07:30,anna,t1,general
2026-03-02 08:00,anna,t2,general
2026-03-02 07:30,petr,t1,student
`;

test('every tap of a file is rated, and each card summed up', async () => {
  const ran = await tura('fare', 'taps', '--tariff', TYUMEN, '--taps', write(TAPS, 'taps.csv'), '--json');
  assert.is(ran.code, 0);
  assert.equal(
    objects(ran).map(({ card, amount, reason, total }) => [card, amount ?? total, reason]),
    [
      ['anna', '37.00', 'fare-paid'],
      ['anna', '0.00', 'free-transfer'],
      ['petr', '21.00', 'concession'],
      ['anna', '37.00', undefined],
      ['petr', '21.00', undefined],
    ],
  );
});

test('a bank card is asked for one payment a charging day', async () => {
  const taps =
    'at,card,route\n2026-03-02 08:00,mary,b1\n2026-03-02 12:00,mary,b1\n2026-03-03 08:00,mary,b1\n';
  const city = join(TYUMEN, '../new-york-like');
  const ran = await tura('fare', 'taps', '--tariff', city, '--taps', write(taps, 'bank.csv'), '--json');
  assert.equal(objects(ran).at(-1)?.payments, [
    { day: '2026-03-02', amount: '6.00' },
    { day: '2026-03-03', amount: '3.00' },
  ]);
});

test('a row that is wrong is told by line and column, the rest is rated, and the exit code says so', async () => {
  const file = write(`${TAPS}2026-03-02 09:00,ivan,t9,studnt\n`, 'wrong.csv');
  const { code, out, err } = await tura('fare', 'taps', '--tariff', TYUMEN, '--taps', file);
  assert.is(code, 2);
  assert.match(err, `${file}:5:26: no category 'studnt' (expected 'student')`);
  assert.match(out, '3 taps rated, 1 problem');
});

test('a column that is misspelt is told with the nearest one', async () => {
  const { code, err } = await tura(
    'fare',
    'taps',
    '--tariff',
    TYUMEN,
    '--taps',
    write('att,card\n', 'column.csv'),
  );
  assert.is(code, 2);
  assert.match(err, /column 'at' is missing/);
});

test('a tariff without a fault is exit 0, one with faults is the answer no', async () => {
  assert.is((await tura('tariff', 'check', TYUMEN)).code, 0);
  const copy = mkdtempSync(join(folder, 'tariff-'));
  withTariffCopy(found => cpSync(found, copy, { recursive: true }));
  writeFileSync(join(copy, 'fare_leg_rules.txt'), 'leg_group_id,network_id,fare_product_id\nride,,singel\n');
  const ran = await tura('tariff', 'check', copy, '--json');
  assert.is(ran.code, 1);
  const [{ problem } = {}, summary] = objects(ran);
  assert.match(JSON.stringify(problem), /no fare_product_id 'singel'/);
  assert.equal([summary?.errors, summary?.warnings], [1, 0]);
});

test('a ride is explained by its rules, each with its place and its source', async () => {
  const { code, out } = await tura(
    'tariff',
    'explain',
    TYUMEN,
    '--category',
    'student',
    '--at',
    '2026-03-02 07:30',
  );
  assert.is(code, 0);
  assert.match(
    out,
    /rider 21\.00: Student's ride, 50 % of 42\.00 = 21\.00; .*concession of student \(tariff\.yaml:\d+, published: 50 % of the cash fare\)/,
  );
  assert.match(out, /ride 1 of 52 this month/);
});

test('a tap that is read again is explained as a repeat, wherever it stands in the file', async () => {
  const rows = ['2026-03-02 07:30:01,anna,t1', '2026-03-02 08:00:00,anna,t2', '2026-03-02 07:30:00,anna,t1'];
  const taps = write(`at,card,trip\n${rows.join('\n')}\n`, 'again.csv');
  const explained = objects(await tura('tariff', 'explain', TYUMEN, '--taps', taps, '--json'));
  assert.equal(
    explained.map(({ at, decision, reason }) => [String(at).slice(11, 19), decision ?? reason]),
    [
      ['07:30:00', 'fare-paid'],
      ['07:30:01', 'repeat'],
      ['08:00:00', 'free-transfer'],
    ],
  );
});

test('what is asked to be explained must be a ride', async () => {
  const { code, err } = await tura('tariff', 'explain', TYUMEN);
  assert.is(code, 2);
  assert.match(err, /no ride to explain/);
});

test.run();
