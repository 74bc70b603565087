/** The values next to a value, as they would be written in its place. */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import {
  amounts,
  dates,
  daysOfYear,
  durations,
  flipped,
  type Grain,
  type Near,
  percents,
  tenths,
  timesOfDay,
  wholes,
} from '../../../src/lab/mutate/near.ts';

const EURO: Grain = { exponent: 2, resolutionS: 1 };
const YEN: Grain = { exponent: 0, resolutionS: 60 };

const CASES: readonly [what: string, near: Near, grain: Grain, text: string, instead: readonly string[]][] = [
  ['an amount changes by a cent', amounts, EURO, '8.90', ['8.89', '8.91']],
  ['a whole amount by a cent too', amounts, EURO, '5', ['4.99', '5.01']],
  ['nine cents by one', amounts, EURO, '0.09', ['0.08', '0.10']],
  ['yen by a yen', amounts, YEN, '300', ['299', '301']],
  ['an amount finer than its currency by its own last digit', amounts, EURO, '0.196', ['0.195', '0.197']],
  ['nothing is below no amount', amounts, EURO, '0.00', ['0.01']],
  ['a floor below zero stays below it', amounts, EURO, '-10.00', ['-9.99', '-10.01']],
  ['a count changes by one', wholes, EURO, '12', ['11', '13']],
  ['a percentage by one', percents, EURO, '66', ['65', '67']],
  ['and keeps its decimals', percents, EURO, '33.33', ['32.33', '34.33']],
  ['a window by a second', durations, EURO, '60 min', ['3599 s', '3601 s']],
  ['where moments are cut to the minute, by a minute', durations, YEN, '1 h', ['59 min', '61 min']],
  ['no time at all becomes one second', durations, EURO, '0 s', ['1 s']],
  ['a date by a day', dates, EURO, '2026-01-01', ['2025-12-31', '2026-01-02']],
  ['and so in a table', dates, EURO, '20260228', ['20260227', '20260301']],
  ['a day of the year, whatever the year', daysOfYear, EURO, '02-28', ['02-27', '02-29']],
  ['and over its end', daysOfYear, EURO, '12-31', ['12-30', '01-01']],
  ['a time of day by a minute', timesOfDay, EURO, '04:30', ['04:29', '04:31']],
  ['and so in a table', timesOfDay, EURO, '9:00:30', ['08:59:30', '09:01:30']],
  ['within the day', timesOfDay, EURO, '24:00:00', ['23:59:00']],
  ['from its first minute on', timesOfDay, EURO, '00:00', ['00:01']],
  ['a weekday runs or does not', flipped, EURO, '1', ['0']],
  ['a way by a tenth', tenths, EURO, '15000', ['13500', '16500']],
  ['no way has no tenth', tenths, EURO, '0', []],
];

for (const [what, near, grain, text, instead] of CASES) {
  test(`${what}: ${text} -> ${instead.join(', ')}`, () => assert.equal(near(text, grain), instead));
}

test.run();
