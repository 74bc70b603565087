/** Whether somebody waits for signs of life, how often, and what happens where the word cannot be passed on. */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { TuraError } from '../../../src/core/error.ts';
import { supervisorOf } from '../../../src/onboard/service/supervisor.ts';

const PID = 4711;
const NOTIFY_SOCKET = '/run/systemd/notify';

test('without its socket nobody waits', () => {
  assert.is(supervisorOf({}, PID), undefined);
  assert.is(supervisorOf({ NOTIFY_SOCKET: '', WATCHDOG_USEC: '60000000' }, PID), undefined);
});

const PACES: readonly [says: string, environment: NodeJS.ProcessEnv, everyMs: number | undefined][] = [
  ['half of WatchdogSec', { WATCHDOG_USEC: '60000000' }, 30_000],
  ['half of WatchdogSec of this process', { WATCHDOG_USEC: '60000000', WATCHDOG_PID: '4711' }, 30_000],
  ['never for another process', { WATCHDOG_USEC: '60000000', WATCHDOG_PID: '1' }, undefined],
  ['never without WatchdogSec', {}, undefined],
  ['never where WatchdogSec is no number', { WATCHDOG_USEC: 'soon' }, undefined],
];

for (const [says, environment, everyMs] of PACES) {
  test(`it wants to hear ${says}`, () => {
    assert.is(supervisorOf({ NOTIFY_SOCKET, ...environment }, PID)?.everyMs, everyMs);
  });
}

test('where systemd-notify is missing the fault names it', async () => {
  let fault: unknown;
  await supervisorOf({ NOTIFY_SOCKET, PATH: '/nonexistent' }, PID)
    ?.tell('READY=1')
    .catch(error => {
      fault = error;
    });
  assert.instance(fault, TuraError);
  if (!(fault instanceof TuraError)) return;
  assert.is(fault.code, 'supervisor-deaf');
  assert.match(fault.message, /systemd-notify/);
  assert.match(fault.expected ?? '', /the package systemd/);
});

test.run();
