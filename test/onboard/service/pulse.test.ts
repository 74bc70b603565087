/** What a supervisor hears of a validator at work, and when it stops hearing. */
import { setImmediate as turn } from 'node:timers/promises';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { TuraError } from '../../../src/core/error.ts';
import { epoch } from '../../../src/core/time.ts';
import type { HealthNote } from '../../../src/onboard/service/health-note.ts';
import { startPulse } from '../../../src/onboard/service/pulse.ts';
import { clockwork } from '../clockwork.ts';

const EVERY_MS = 30_000;
const MINUTE_MS = 60_000;

const FULL = new TuraError('disk-full', 'health note: the disk is full');
const DEAF = new TuraError('supervisor-deaf', 'nobody hears');

/** A validator whose disk and supervisor the test holds. */
function bench(supervised = true) {
  const timers = clockwork();
  let nowMs = 0;
  const [heard, written, faults]: [string[], HealthNote[], unknown[]] = [[], [], []];
  const world = {
    disk: async (): Promise<void> => undefined,
    ear: async (): Promise<void> => undefined,
    note: { atMs: epoch(0), waiting: 3 } as HealthNote,
  };
  const pulse = startPulse({
    timers,
    monotonicMs: () => nowMs,
    supervisor: supervised
      ? {
          everyMs: EVERY_MS,
          async tell(...words) {
            await world.ear();
            heard.push(words.join(' '));
          },
        }
      : undefined,
    look: () => world.note,
    async write(note) {
      await world.disk();
      written.push(note);
    },
    onFault: fault => faults.push(fault),
  });
  return {
    ...{ world, written, faults, pulse },
    async pass(ms: number) {
      await turn();
      for (const end = nowMs + ms; nowMs < end; ) {
        nowMs += 1_000;
        timers.pass(1_000);
        await turn();
      }
    },
    /** What was heard since the last call. */
    heard: () => heard.splice(0),
  };
}

const BEAT = 'WATCHDOG=1 STATUS=taking taps; 3 records waiting';

test('it says that it is ready, beats at the pace that is asked of it, and says when it stops', async () => {
  const own = bench();
  await own.pass(1_000);
  assert.equal(own.heard(), ['READY=1', BEAT]);
  await own.pass(2 * EVERY_MS);
  assert.equal(own.heard(), [BEAT, BEAT]);
  await own.pulse.stop();
  assert.equal(own.heard(), ['STOPPING=1']);
  await own.pass(10 * EVERY_MS);
  assert.equal(own.heard(), [], 'nothing after the end');
});

test('each beat comes after a note that is on disk', async () => {
  const own = bench();
  let done = () => {};
  own.world.disk = () =>
    new Promise(resolve => {
      done = resolve;
    });
  await own.pass(1_000);
  assert.equal(own.heard(), ['READY=1']);
  done();
  await own.pass(1_000);
  assert.equal(own.heard(), [BEAT]);
  assert.is(own.written.length, 1);
});

test('a disk that does not answer ends the beat', async () => {
  const own = bench();
  await own.pass(EVERY_MS);
  own.heard();
  own.world.disk = () => new Promise(() => undefined);
  await own.pass(60 * MINUTE_MS);
  assert.equal(own.heard(), []);
});

test('a disk that fails in words has ten minutes to be mended while running, and is told once', async () => {
  const own = bench();
  await own.pass(1_000);
  own.heard();
  own.world.disk = async () => {
    throw FULL;
  };
  await own.pass(9 * MINUTE_MS);
  assert.equal([...new Set(own.heard())], ['WATCHDOG=1 STATUS=the disk fails']);
  assert.equal(own.faults, [FULL]);
  await own.pass(2 * MINUTE_MS);
  own.heard();
  await own.pass(60 * MINUTE_MS);
  assert.equal(own.heard(), [], 'a new start is worth trying');
});

test('a disk that is mended meanwhile begins its ten minutes anew, and its next fault is news', async () => {
  const own = bench();
  const fails = async () => {
    throw FULL;
  };
  for (const round of [1, 2, 3]) {
    own.world.disk = fails;
    await own.pass(9 * MINUTE_MS);
    own.world.disk = async () => undefined;
    await own.pass(MINUTE_MS);
    assert.ok(own.heard().includes(BEAT));
    assert.is(own.faults.length, round);
  }
});

test('a journal that cannot be read is said, and is no reason to start anew', async () => {
  const own = bench();
  own.world.note = { atMs: epoch(0) };
  await own.pass(1_000);
  assert.equal(own.heard(), ['READY=1', 'WATCHDOG=1 STATUS=the journal fails']);
});

test('a supervisor that cannot be told is told of once, and taps go on', async () => {
  const own = bench();
  own.world.ear = async () => {
    throw DEAF;
  };
  await own.pass(5 * MINUTE_MS);
  assert.equal(own.faults, [DEAF]);
  assert.ok(own.written.length >= 10);
  own.world.ear = async () => undefined;
  await own.pass(MINUTE_MS);
  assert.ok(own.heard().includes(BEAT));
});

test('without a supervisor it still leaves its notes, the last one at its end', async () => {
  const own = bench(false);
  await own.pass(MINUTE_MS);
  assert.is(own.written.length, 3);
  own.world.note = { atMs: epoch(7), waiting: 0 };
  await own.pulse.stop();
  assert.equal(own.written.at(-1), { atMs: 7, waiting: 0 });
  assert.equal(own.heard(), []);
});

test.run();
