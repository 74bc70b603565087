/**
 * `kill -9` of the demo at many moments, each time on the same state folder, then one run to its end. Moments inside a
 * write, and inside the making of the folder, are in test/real/demo-kill.test.ts.
 */
import { test as suite } from 'uvu';
import * as assert from 'uvu/assert';
import { start } from './child.ts';
import { newState } from './input.ts';
import { type Answered, answersIn, proveNothingLost } from './kept.ts';
import { sideBySide } from './side-by-side.ts';

const lines = (text: string): number => text.split('\n').length - 1;

/** So many lines on stdout are waited for. 0: killed as soon as it says anything at all. */
const MOMENTS = [
  [0, 10, 37],
  [2, 25],
];

const test = sideBySide();
for (const moments of MOMENTS) {
  test(`a demo killed at lines ${moments.join(', ')} goes on: no gap, no duplicate, nothing shown and lost`, () =>
    killedAndEnded(moments));
}

async function killedAndEnded(moments: readonly number[]): Promise<void> {
  const state = newState();
  const demo = () => start(['demo', '--once', '--json', '--state', state]);
  const shown: Answered[] = [];
  let killed = 0;
  for (const moment of moments) {
    const child = await demo();
    // The last moments may come after its end.
    await child
      .until(({ out, err }) => (moment === 0 ? err !== '' : lines(out) >= moment))
      .catch(() => undefined);
    child.interrupt('SIGKILL');
    const { signal } = await child.ended;
    if (signal === 'SIGKILL') killed += 1;
    shown.push(...answersIn(child.out));
  }
  assert.ok(killed >= moments.length / 2, `${killed} of ${moments.length} were killed`);
  assert.ok(shown.length > 20, `${shown.length} answers were shown before the kills`);
  const last = await demo();
  assert.equal(await last.ended, { code: 0, signal: null }, last.err);
  assert.ok(JSON.parse(last.out.trim().split('\n').at(-1) ?? '').totals.agree);
  await proveNothingLost(state, [...shown, ...answersIn(last.out)]);
  const times = shown.map(({ atMs }) => atMs);
  assert.equal(
    times,
    times.toSorted((a, b) => a - b),
    'and the clock never went back',
  );
}

suite.run();
