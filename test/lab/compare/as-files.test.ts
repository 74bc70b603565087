/** Tables as CSV and as objects. */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { csvOf, objectsOf } from '../../../src/lab/compare/as-files.ts';
import { type Table, tablesOf } from '../../../src/lab/compare/tables.ts';
import { compareTaps, row, TYUMEN, TYUMEN_CHANGED, table } from './bench.ts';

const comparison = await compareTaps(
  table([
    row({ at: '2026-03-02 07:30', card: 'anna', route: '=1+2' }),
    row({ at: '2026-03-03 08:30', card: 'vera', category: 'pupil', route: '-1' }),
    row({ at: '2026-03-03 09:30', card: 'gleb', category: 'student', route: '-1+cmd' }),
  ]),
  TYUMEN,
  TYUMEN_CHANGED,
);
const tables = new Map(tablesOf(comparison).map(one => [one.name, one]));
const none: Table = { name: '', title: '', columns: [], rows: [] };
const named = (name: string): Table => tables.get(name) ?? none;

test('an amount is decimal in major units, a share a number, and what is not known nothing', () => {
  assert.is(
    csvOf(named('category'), 'RUB').split('\n').slice(0, 3).join('\n'),
    `category,riders,better_off,worse_off,unchanged,rides_old,rides_new,riders_pay_old,riders_pay_new,riders_pay_change,riders_pay_change_share,others_pay_old,others_pay_new,others_pay_change,others_pay_change_share
general,1,0,1,0,1,1,37.00,39.50,2.50,0.067568,0.00,0.00,0.00,
pupil,1,1,0,0,1,1,8.40,4.20,-4.20,-0.5,33.60,37.80,4.20,0.125`,
  );
  assert.equal(objectsOf(named('weekday'), 'RUB')[0], {
    ...{ table: 'weekday', weekday: 'Monday', riders: 1, betterOff: 0, worseOff: 1, unchanged: 0 },
    ...{ ridesOld: 1, ridesNew: 1, ridersPayOld: '37.00', ridersPayNew: '39.50', ridersPayChange: '2.50' },
    ...{
      ridersPayChangeShare: 0.067568,
      othersPayOld: '0.00',
      othersPayNew: '0.00',
      othersPayChange: '0.00',
    },
    othersPayChangeShare: undefined,
  });
});

test('a name that a spreadsheet would work out is marked as text, a number below zero is not', () => {
  const lines = csvOf(named('line'), 'RUB').split('\n').slice(1, 4);
  assert.equal(
    lines.map(line => line.split(',')[0]),
    ['-1', `"'-1+cmd"`, `"'=1+2"`],
  );
});

test('the taps that make a difference stand with both traces', () => {
  const [first] = objectsOf(named('differing'), 'RUB') as {
    card: string;
    traceNew: string;
    paysChange: string;
  }[];
  assert.equal([first?.card, first?.paysChange], ['vera', '-4.20']);
  assert.match(first?.traceNew ?? '', /10 % of 42\.00 = 4\.20; .*concession of pupil/);
});

test.run();
