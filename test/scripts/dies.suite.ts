/** A suite file whose process dies under it. */
import { test } from 'uvu';

test('the end', () => void process.kill(process.pid, 'SIGKILL'));

test.run();
