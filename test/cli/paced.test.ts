/** Long work that hears a signal. */
import { setImmediate } from 'node:timers/promises';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { paced } from '../../src/cli/paced.ts';

function* endless(): Generator<number> {
  for (let step = 0; ; step++) yield step;
}

test('what stops the work is heard between two steps, and no step is taken after it', async () => {
  const stopping = new AbortController();
  const stopped = setImmediate().then(() => stopping.abort());
  let last = -1;
  for await (const step of paced(endless(), stopping.signal)) {
    assert.is(step, last + 1);
    assert.is(stopping.signal.aborted, false);
    last = step;
  }
  await stopped;
  assert.ok(last >= 0);
});

test('work that ends by itself is taken whole', async () => {
  const taken: number[] = [];
  for await (const step of paced([1, 2, 3], new AbortController().signal)) taken.push(step);
  assert.equal(taken, [1, 2, 3]);
});

test.run();
