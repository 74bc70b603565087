/** The tracker judged on simulated drives. The seeds are none by which its weights were chosen, nor those of `npm run perf`. */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { ServiceDate } from '../../../src/core/time.ts';
import type { Verdict } from '../../../src/lab/drive/judge.ts';
import { judgedRound, type Told } from '../../../src/lab/drive/round.ts';
import { runsOf } from '../../../src/onboard/position/track/runs.ts';
import { withFeed } from '../../feeds.ts';
import { type Opened, openImported, openTyumen } from '../../onboard/position/tyumen.ts';

const SEED = 9_000_000;

/** Imported by the first test that asks for it. */
let tampa: Opened | undefined;

test.after(() => tampa?.close());

function judge({ stops, zone }: Opened, date: number, told: Told, drives: number): Verdict {
  const runs = runsOf(stops, zone);
  const roads = { stops, zone, plane: runs.plane };
  const round = { told, date: date as ServiceDate, drives, seed: SEED };
  return judgedRound(roads, runs, { ...round, gapEveryS: 1800, doorIds: ['1', '2'] });
}

/** Of few taps: the figures themselves are those of `npm run perf -- position`. */
function isGood(verdict: Verdict, leastRight: number): void {
  const { taps, right, surelyWrong } = verdict;
  const said = JSON.stringify(verdict);
  assert.ok(taps > 50, said);
  assert.ok(right >= leastRight * taps, said);
  assert.ok(surelyWrong * 1000 <= taps, said);
}

/** Of so few taps one gap in the fixes takes one or two in a hundred. */
const LEAST: readonly [told: Told, leastRight: number, drives: number][] = [
  ['trip', 0.96, 2],
  ['line', 0.96, 1],
  ['nothing', 0.95, 1],
  ['wrong trip', 0, 2],
];

for (const [told, leastRight, drives] of LEAST) {
  test(
    `on the streets of Tampa, told ${told}, it is never surely wrong`,
    withFeed('hart-tampa-bus-streetcar.zip', async path => {
      tampa ??= await openImported(path);
      isGood(judge(tampa, 20180516, told, drives), leastRight);
    }),
  );
}

test('on the straight lines of a feed without shapes it knows the stop, too', async () => {
  const tyumen = await openTyumen();
  isGood(judge(tyumen, 20260302, 'trip', 2), 0.95);
  tyumen.close();
});

test('the same seed gives the same verdict', async () => {
  const tyumen = await openTyumen();
  assert.equal(judge(tyumen, 20260302, 'line', 1), judge(tyumen, 20260302, 'line', 1));
  tyumen.close();
});

test.run();
