/** Suite files that pass, fail, forget, break and die, in several processes: each is told, and none hides the others. */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { runSideBySide } from '../../scripts/test/side-by-side.ts';
import type { Tally } from '../../scripts/test/tally.ts';
import { heard } from '../cli/tura.ts';

test('every file is told with its dots, its failures and what became of it, and all of them are counted', async () => {
  // Last the one that forgets: what it registered would be run, and counted, with the next file of its process.
  const files = ['dies', 'breaks', 'passes', 'forgets'].map(name => `test/scripts/${name}.suite.ts`);
  let tally: Tally | undefined;
  const { out } = await heard(async () => {
    tally = await runSideBySide(files);
    return 0;
  });
  assert.equal(tally, { passed: 2, failed: 4, skipped: 0 });
  for (const told of [
    /passes\.suite\.ts\n• • ✘ {3}\(2 \/ 3\)\n\n.*FAIL .*"one is two"\n/,
    /dies\.suite\.ts: its process ended with SIGKILL\n/,
    /breaks\.suite\.ts cannot be loaded: Error: broken\n/,
    /forgets\.suite\.ts registers no test: is '\.run\(\)' missing\?\n/,
    /The longest: test\/scripts\/\S+ \d+ s, /,
  ])
    assert.match(out, told);
});

test.run();
