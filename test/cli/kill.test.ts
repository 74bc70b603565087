/**
 * `kill -9` of the demo at many moments, each time on the same state folder, then one run to its end. Moments inside a
 * write, and inside the making of the folder, are in test/real/demo-kill.test.ts.
 */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { start } from './child.ts';
import { newState } from './input.ts';
import { type Answered, answersIn, proveNothingLost } from './kept.ts';

const lines = (text: string): number => text.split('\n').length - 1;

/** So many lines on stdout are waited for. 0: killed as soon as it says anything at all. */
const MOMENTS = [0, 1, 2, 5, 10, 17, 25, 33, 37];

test('a demo killed at any moment goes on: no gap, no duplicate, nothing shown and lost', async () => {
  const state = newState();
  const demo = () => start(['demo', '--once', '--json', '--state', state]);
  const shown: Answered[] = [];
  let killed = 0;
  for (const moment of MOMENTS) {
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
  assert.ok(killed >= MOMENTS.length / 2, `${killed} of ${MOMENTS.length} were killed`);
  assert.ok(shown.length > 40, `${shown.length} answers were shown before the kills`);
  const last = await demo();
  assert.equal(await last.ended, { code: 0, signal: null }, last.err);
  assert.ok(JSON.parse(last.out.trim().split('\n').at(-1) ?? '').totals.agree);
  await proveNothingLost(state, [...shown, ...answersIn(last.out)]);
  const moments = shown.map(({ atMs }) => atMs);
  assert.equal(
    moments,
    moments.toSorted((a, b) => a - b),
    'and the clock never went back',
  );
});

test.run();
