import { setImmediate as turn } from 'node:timers/promises';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { Mender } from '../../../src/onboard/vehicle/mender.ts';
import { clockwork } from '../clockwork.ts';

/** When it is tried, in ms since the first fault, with a try that goes as `mend` says. */
function mending(mend: (tries: number) => void | Promise<void>) {
  const [timers, tries, stays] = [clockwork(), [] as number[], [] as unknown[]];
  let nowMs = 0;
  const mender = new Mender({
    timers,
    mend: () => mend(tries.push(nowMs)),
    onStays: fault => stays.push(fault),
  });
  return {
    ...{ mender, tries, stays },
    async pass(ms: number, steps = ms) {
      for (let end = nowMs + ms; nowMs < end; ) {
        nowMs += steps;
        timers.pass(steps);
        await turn();
      }
    },
  };
}

const never = () => {
  throw new Error('it stays');
};

test('a fault that stays is tried after 1, 2, 4, … seconds, and every minute in the end', async () => {
  const { mender, tries, stays, pass } = mending(never);
  mender.fails();
  await pass(250_000, 1_000);
  assert.equal(
    tries,
    [1, 3, 7, 15, 31, 63, 123, 183, 243].map(seconds => seconds * 1_000),
  );
  assert.is(stays.length, tries.length);
});

test('what is tried already is not tried twice, however often it fails', async () => {
  const { mender, tries, pass } = mending(() => undefined);
  for (let times = 0; times < 5; times++) mender.fails();
  await pass(10_000, 500);
  assert.equal(tries, [1_000]);
});

test('what is mended only to fail again waits longer; what held in between begins anew', async () => {
  const { mender, tries, pass } = mending(() => undefined);
  mender.fails();
  await pass(1_000);
  mender.fails();
  await pass(1_999);
  assert.is(tries.length, 1);
  await pass(1);
  assert.is(tries.length, 2);
  mender.works();
  mender.fails();
  await pass(1_000);
  assert.is(tries.length, 3);
});

test('what fails again while it is being mended is tried again', async () => {
  const { mender, tries, pass } = mending(count => {
    if (count === 1) mender.fails();
  });
  mender.fails();
  await pass(3_000, 500);
  assert.equal(tries, [1_000, 3_000]);
});

test('a try that takes its time is the only one', async () => {
  let done: () => void = never;
  const { mender, tries, pass } = mending(() => new Promise<void>(resolve => (done = resolve)));
  mender.fails();
  await pass(1_000);
  await pass(60_000);
  assert.is(tries.length, 1);
  done();
  await pass(60_000);
  assert.is(tries.length, 1);
});

test('once stopped nothing is tried, and nothing is said of a try that was under way', async () => {
  let fail: (error: Error) => void = never;
  const { mender, tries, stays, pass } = mending(() => new Promise<void>((_, reject) => (fail = reject)));
  mender.fails();
  await pass(1_000);
  mender.stop();
  fail(new Error('too late'));
  await pass(120_000, 1_000);
  mender.fails();
  await pass(120_000, 1_000);
  assert.equal([tries.length, stays], [1, []]);
});

test.run();
