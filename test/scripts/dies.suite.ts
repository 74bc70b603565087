/** A suite file whose process dies under it. */
import { test } from 'uvu';

// It waits for its end: a signal may come a moment after it is sent.
test('the end', () => {
  process.kill(process.pid, 'SIGKILL');
  return new Promise(() => undefined);
});

test.run();
