/** Which version of a tariff rates a tap, and taps of a day that has none. */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { formatProblem, TuraError } from '../../../src/core/error.ts';
import { parseDate } from '../../../src/core/time.ts';
import { sideOf } from '../../../src/lab/compare/sides.ts';
import { city, compareTaps, row, TYUMEN, table } from './bench.ts';

const RIDE = (at: string) => row({ at, card: 'anna', medium: 'bank-card' });
const LATER = city(
  'tyumen',
  ['from: 2026-01-01', 'from: 2026-07-01'],
  ['bank-card,37.00', 'bank-card,45.00'],
);

test('a tap is rated by the version of its day', async () => {
  const rows = [RIDE('2025-11-03 08:00'), RIDE('2026-03-02 08:00')];
  const { total } = await compareTaps(table(rows), TYUMEN, LATER);
  assert.equal(total.paidMinor.rider, [3500 + 3700, 3500 + 3500]);
});

test('a version that is too late for every tap is told', async () => {
  const { later } = await compareTaps(table([RIDE('2026-03-02 08:00')]), TYUMEN, LATER);
  assert.is(later, 20260701);
  const all = await compareTaps(table([RIDE('2026-07-02 08:00')]), TYUMEN, LATER);
  assert.is(all.later, undefined);
});

test('a card that was never rated is no rider', async () => {
  const rows = [row({ at: '2023-05-01 08:00', card: 'boris' }), RIDE('2026-03-02 08:00')];
  const { counts, total } = await compareTaps(table(rows), TYUMEN, TYUMEN);
  assert.equal([counts.cards, total.riders], [1, { better: 0, worse: 0, equal: 1 }]);
});

test('every tap is rated by what the new tariff is on the day that was asked for', async () => {
  const rows = [RIDE('2025-11-03 08:00'), RIDE('2026-03-02 08:00')];
  const { total } = await compareTaps(table(rows), TYUMEN, LATER, parseDate('2026-07-01'));
  assert.equal(total.paidMinor.rider, [3500 + 3700, 4500 + 4500]);
});

test('a tap of a day without a price is left out, and told', async () => {
  const rows = [RIDE('2023-05-01 08:00'), RIDE('2024-05-01 08:00'), RIDE('2026-03-02 08:00')];
  const { counts, problems, total } = await compareTaps(table(rows), TYUMEN, TYUMEN);
  assert.equal([counts.taps, counts.leftOut, total.paidMinor.rider], [1, 2, [3700, 3700]]);
  const [first, second] = problems.map(formatProblem);
  assert.match(first ?? '', /:2: old: no version is in force on 2023-05-01 \(expected a day on which both/);
  assert.match(second ?? '', /:3: old: nobody published which price holds on 2024-05-01/);
});

test('a day on which the new tariff has no price cannot be asked for', () => {
  try {
    sideOf('new', TYUMEN, parseDate('2020-01-01'));
    assert.unreachable();
  } catch (error) {
    assert.instance(error, TuraError);
    assert.match(String(error), /new: no version is in force on 2020-01-01/);
  }
});

test.run();
