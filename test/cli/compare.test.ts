/** `tura compare`, as it is called. */
import { cpSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { withTariffCopy } from '../tariffs.ts';
import { FIXTURES, folder, write } from './input.ts';
import { objects, tura } from './tura.ts';

const OLD = join(FIXTURES, 'tariffs/tyumen');
const NEW = mkdtempSync(join(folder, 'tariff-'));
withTariffCopy(copy => cpSync(copy, NEW, { recursive: true }));
const products = join(NEW, 'fare_products.txt');
writeFileSync(
  products,
  readFileSync(products, 'utf8').replace('transport-card,37.00', 'transport-card,38.00'),
);

const TAPS = `at,card,route,category
2026-03-02 07:30,anna,bus-25,general
2026-03-02 09:00,anna,bus-25,general
2026-03-02 07:30,petr,tram-1,student
`;

test('a change is summed up for people', async () => {
  const { code, out } = await tura('compare', OLD, NEW, '--taps', write(TAPS, 'taps.csv'));
  assert.is(code, 0);
  assert.match(out, /3 taps of 2 cards, 2026-03-02 to 2026-03-02/);
  assert.match(out, /riders pay, RUB +95\.00 +97\.00 +\+2\.00 +\+2\.1 %/);
  assert.match(out, /worse off +1 +50\.0 %/);
  assert.match(out, /the largest loser: anna, 2 taps, \+2\.00/);
});

test('with --json every row is an object, and the last one is the summary', async () => {
  const ran = await tura('compare', OLD, NEW, '--taps', write(TAPS, 'taps.csv'), '--json');
  assert.is(ran.code, 0);
  const rows = objects(ran);
  assert.equal(
    rows.filter(({ table }) => table === 'line').map(({ line, ridersPayChange }) => [line, ridersPayChange]),
    [
      ['bus-25', '2.00'],
      ['tram-1', '0.00'],
    ],
  );
  const { counts, ridersPay, riders, currency } = rows.at(-1) ?? {};
  assert.equal(
    { counts, ridersPay, riders, currency },
    {
      counts: { taps: 3, cards: 2, leftOut: 0, repeats: 0, takenBack: 0, declinedByOld: 0, declinedByNew: 0 },
      ridersPay: { old: '95.00', new: '97.00', change: '2.00' },
      riders: { betterOff: 0, worseOff: 1, unchanged: 1 },
      currency: 'RUB',
    },
  );
});

test('the page and the tables are written where they are asked for', async () => {
  const place = mkdtempSync(join(folder, 'report-'));
  const taps = write(TAPS, 'taps.csv');
  const [page, tables] = [join(place, 'deep/report.html'), join(place, 'tables')];
  assert.is((await tura('compare', OLD, NEW, '--taps', taps, '--html', page, '--csv', tables)).code, 0);
  assert.match(readFileSync(page, 'utf8'), /<h1>Riders pay 2\.00 RUB more<\/h1>/);
  assert.equal(readdirSync(tables).sort(), [
    ...['category.csv', 'difference.csv', 'differing.csv', 'funder.csv', 'hour.csv', 'line.csv', 'loser.csv'],
    ...['reason.csv', 'stop.csv', 'weekday.csv', 'winner.csv'],
  ]);
});

test('a bad row in the middle is told by line, the rest is compared, and the exit code says so', async () => {
  const taps = write(TAPS.replace('09:00,anna,bus-25,general', '09:00,anna,bus-25,genral'), 'taps.csv');
  const { code, out, err } = await tura('compare', OLD, NEW, '--taps', taps);
  assert.is(code, 2);
  assert.match(err, `left out ${taps}:3:30: no category 'genral' (expected 'general')`);
  assert.match(out, /lines left out of every number: 1$/m);
  assert.match(out, /2 taps of 2 cards/);
});

const REFUSED: readonly [what: string, words: () => readonly string[], said: RegExp][] = [
  [
    'two currencies',
    () => [OLD, join(OLD, '../london-like'), '--taps', write(TAPS)],
    /two currencies: RUB in .*, GBP in/,
  ],
  [
    'a misspelt column',
    () => [OLD, NEW, '--taps', write('at,crad\n')],
    /column 'card' is missing|unknown column 'crad' \(expected 'card'/,
  ],
  ['no such file', () => [OLD, NEW, '--taps', 'nowhere.csv'], /the taps nowhere\.csv: no such file/],
  ['a folder in place of taps', () => [OLD, NEW, '--taps', OLD], /a folder stands where a file belongs/],
  [
    'bytes that are no text',
    () => [OLD, NEW, '--taps', write(Uint8Array.of(97, 44, 0xff, 10))],
    /is not UTF-8 text/,
  ],
  ['standard input', () => [OLD, NEW, '--taps', '-'], /standard input can be read once/],
  [
    'a pipe',
    () => [OLD, NEW, '--taps', '/dev/zero'],
    /several processes read them, and this can be read once/,
  ],
  ['no such tariff', () => [OLD, 'nowhere', '--taps', write(TAPS)], /no tariff folder nowhere/],
  [
    'a day that is none',
    () => [OLD, NEW, '--taps', write(TAPS), '--new-as-of', 'soon'],
    /Expected a date: 2026-07-01/,
  ],
];

for (const [what, words, said] of REFUSED) {
  test(`${what} is refused with exit code 2`, async () => {
    const { code, err } = await tura('compare', ...words());
    assert.is(code, 2);
    assert.match(err, said);
  });
}

test.run();
