/** A batch that fails, by the link, by a disk on board or by a defect: nothing is let go that was not answered. */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { TuraError } from '../../../src/core/error.ts';
import type { UplinkEvent } from '../../../src/onboard/uplink/uplink.ts';
import { type Setup, setUp } from './played-sink.ts';

for (const code of ['link-down', 'link-slow', 'link-refused', 'link-nonsense'] as const) {
  test(`${code}: nothing leaves the outbox, and the same batch goes again after the back-off`, async () => {
    const { journal, sink, timers, events, uplink } = setUp(2, code, code);
    assert.equal((await uplink.drain(1)).kind, 'gave-up');
    assert.is(journal.outboxSize(), 2);
    assert.equal(timers.delays, [500]);
    uplink.kick();
    assert.is(sink.batches.length, 1);
    timers.pass();
    const drained = uplink.drain(2);
    await until(events, 2);
    assert.equal(timers.delays, [1_000]);
    timers.pass();
    assert.equal(await drained, { kind: 'empty' });
    assert.equal(sink.batches, [
      [1, 2],
      [1, 2],
      [1, 2],
    ]);
    assert.equal(
      events.map(event =>
        event.kind === 'failed'
          ? [event.fault.code, event.failures, event.retryInMs, event.left]
          : event.kind,
      ),
      [[code, 1, 500, 2], [code, 2, 1_000, 2], 'acknowledged'],
    );
  });
}

test('draining says what stood in the way when it gives up', async () => {
  const { uplink, timers, events } = setUp(3, 'link-down', 'link-refused');
  const drained = uplink.drain(2);
  await until(events, 1);
  timers.pass();
  const end = await drained;
  assert.equal(end.kind === 'gave-up' && [end.left, end.fault.code], [3, 'link-refused']);
});

test('draining does not wait for a back-off that began before', async () => {
  const { uplink, timers, sink } = setUp(1, 'link-down');
  await uplink.drain(1);
  assert.equal(timers.delays, [500]);
  assert.equal(await uplink.drain(1), { kind: 'empty' });
  assert.equal([timers.delays.length, sink.batches.length], [0, 2]);
});

test('a batch that is too large is halved until it passes, and stays so', async () => {
  const { uplink, timers, sink, events } = setUp(9, 'batch-too-large', 'batch-too-large');
  const drained = uplink.drain(1);
  for (const told of [1, 2]) {
    await until(events, told);
    assert.equal(timers.delays, [0]);
    timers.pass();
  }
  assert.equal(await drained, { kind: 'empty' });
  assert.equal(
    sink.batches.map(batch => batch.length),
    [9, 4, 2, 2, 2, 2, 1],
  );
});

for (const code of ['disk-full', 'disk-fault', 'disk-read-only'] as const) {
  test(`${code} on board is waited out, since it is mended there: the answer comes again and is the same`, async () => {
    const { journal, uplink, timers, sink, events } = setUp(1);
    const { acknowledge, outboxSize } = journal;
    const fail = () => {
      throw new TuraError(code, 'played');
    };
    Object.assign(journal, { acknowledge: fail, outboxSize: fail });
    assert.is((await uplink.drain(9)).kind, 'gave-up', 'at once: no collector mends it');
    Object.assign(journal, { acknowledge, outboxSize });
    timers.pass();
    assert.equal(await uplink.drain(1), { kind: 'empty' });
    assert.is(sink.batches.length, 2);
    assert.equal(
      events.map(({ kind }) => kind),
      ['failed', 'acknowledged'],
    );
  });
}

test('a journal that began anew while its batch was under way keeps what was never answered', async () => {
  const { journal, uplink, sink } = setUp(2);
  const { send } = sink;
  let lost = false;
  sink.send = records => {
    lost = true;
    sink.send = send;
    return send.call(sink, records);
  };
  const { next } = journal;
  journal.next = () => ({ ...next.call(journal), ...(lost ? { epoch: 'ffffffffffffffff' } : {}) });
  const { acknowledge } = journal;
  const acknowledged: (readonly number[])[] = [];
  journal.acknowledge = sequences => {
    acknowledged.push(sequences);
    acknowledge.call(journal, sequences);
  };
  assert.equal(await uplink.drain(1), { kind: 'empty' });
  assert.equal(sink.batches, [
    [1, 2],
    [1, 2],
  ]);
  assert.equal(acknowledged, [[1, 2]], 'for the second batch alone');
});

const BREAKS: readonly [what: string, break_: (setup: Setup) => void][] = [
  [
    'a defect of the journal',
    ({ journal }) => {
      journal.outbox = () => {
        throw new TypeError('x is not a function');
      };
    },
  ],
  [
    'a sink that breaks its promise',
    ({ sink }) => {
      sink.send = async () => ({ schema: 1, results: [], acknowledged: [] });
    },
  ],
  [
    'a bug in a sink',
    ({ sink }) => {
      sink.send = () => Promise.reject(new TypeError('x is not a function'));
    },
  ],
];

for (const [what, break_] of BREAKS) {
  test(`${what} ends the sending, lets nothing go, and is told`, async () => {
    const setup = setUp(2);
    break_(setup);
    const drained = await setup.uplink.drain(5);
    assert.is(drained.kind, 'broken');
    assert.equal(
      setup.events.map(({ kind }) => kind),
      ['broken'],
    );
    assert.equal([setup.journal.outboxSize(), setup.timers.delays], [2, []]);
    setup.uplink.start();
    setup.uplink.kick();
    assert.is((await setup.uplink.drain(1)).kind, 'broken');
    await setup.uplink.stop();
  });
}

/** Turns of the event loop until that many events were told: no clock is involved. */
async function until(events: readonly UplinkEvent[], told: number): Promise<void> {
  for (let turn = 0; turn < 100 && events.length < told; turn++) await Promise.resolve();
  assert.is(events.length, told);
}

test.run();
