import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { type FaultCode, TuraError } from '../../../src/core/error.ts';
import type { Sink } from '../../../src/onboard/uplink/sink.ts';
import { createUplink, type Uplink, type UplinkEvent } from '../../../src/onboard/uplink/uplink.ts';
import type { Answer, RecordResult } from '../../../src/wire/answer.ts';
import { readRecord } from '../../../src/wire/record/record.ts';
import { aBody, EPOCH } from '../../wire/records.ts';
import { MemoryJournal } from './memory-journal.ts';
import { StandingTimers } from './timers.ts';

/** What a back office does with one batch. */
type Move = FaultCode | 'new' | readonly RecordResult[] | Error;

/** A sink that plays the moves it was given, then answers `new` to everything. */
class PlayedSink implements Sink {
  readonly batches: number[][] = [];
  readonly #moves: Move[];
  closed = false;

  constructor(...moves: Move[]) {
    this.#moves = moves;
  }

  async send(records: readonly Uint8Array[]): Promise<Answer> {
    const sequences = records.map(bytes => readRecord(bytes).sequence);
    this.batches.push(sequences);
    const move = this.#moves.shift() ?? 'new';
    if (move instanceof Error) throw move;
    if (typeof move === 'string' && move !== 'new') throw new TuraError(move, `played ${move}`);
    const results = move === 'new' ? sequences.map(() => ({ result: 'new' as const })) : [...move];
    const mark = { deviceId: 'tmn-bus-101', epoch: EPOCH, through: sequences.at(-1) ?? 0 };
    return { schema: 1, results, acknowledged: [{ ...mark, deviceId: 'other', through: 99 }, mark] };
  }

  async close(): Promise<void> {
    this.closed = true;
  }
}

interface Setup {
  journal: MemoryJournal;
  sink: PlayedSink;
  timers: StandingTimers;
  events: UplinkEvent[];
  uplink: Uplink;
}

function setUp(taps: number, ...moves: Move[]): Setup {
  const journal = new MemoryJournal();
  for (let tap = 0; tap < taps; tap++) journal.append(aBody());
  const parts = {
    journal,
    sink: new PlayedSink(...moves),
    timers: new StandingTimers(),
    events: [] as UplinkEvent[],
  };
  const random = () => 0.5;
  const uplink = createUplink({ ...parts, random, onProgress: event => parts.events.push(event) });
  return { ...parts, uplink };
}

const counts = (changes: object) => ({ new: 0, same: 0, conflict: 0, quarantined: 0, ...changes });

test('the outbox is sent in order, 500 records at most at a time, and told', async () => {
  const { journal, sink, events, uplink } = setUp(1_100);
  assert.equal(await uplink.drain(1), { kind: 'empty' });
  assert.equal(
    sink.batches.map(batch => [batch[0], batch.length]),
    [
      [1, 500],
      [501, 500],
      [1_001, 100],
    ],
  );
  assert.is(journal.outboxSize(), 0);
  assert.equal(events.at(-1), {
    kind: 'acknowledged',
    results: counts({ new: 100 }),
    left: 0,
    setAside: 0,
    through: 1_100,
  });
});

test('one batch is under way at a time: what is tapped meanwhile goes with the next', async () => {
  const { journal, sink, uplink } = setUp(1);
  uplink.start();
  journal.append(aBody());
  uplink.kick();
  journal.append(aBody());
  uplink.kick();
  assert.equal(await uplink.drain(1), { kind: 'empty' });
  assert.equal(sink.batches, [[1], [2, 3]]);
});

test('an empty outbox rests until it is kicked, and nothing is sent before the start', async () => {
  const { journal, sink, uplink } = setUp(0);
  journal.append(aBody());
  uplink.kick();
  assert.is(sink.batches.length, 0);
  assert.equal(await uplink.drain(1), { kind: 'empty' });
  journal.append(aBody());
  uplink.kick();
  assert.equal(await uplink.drain(1), { kind: 'empty' });
  assert.equal(sink.batches, [[1], [2]]);
});

test('exactly what was answered leaves the outbox; conflicts and quarantined records are told one by one', async () => {
  const { journal, events, uplink } = setUp(4, [
    { result: 'same' },
    { result: 'conflict', why: 'held with another hash' },
    { result: 'quarantined' },
    { result: 'new' },
  ]);
  assert.equal(await uplink.drain(1), { kind: 'empty' });
  assert.is(journal.outboxSize(), 0);
  assert.equal(events, [
    {
      kind: 'acknowledged',
      results: { new: 1, same: 1, conflict: 1, quarantined: 1 },
      left: 0,
      setAside: 0,
      through: 4,
    },
    { kind: 'kept-apart', sequence: 2, result: 'conflict', why: 'held with another hash' },
    { kind: 'kept-apart', sequence: 3, result: 'quarantined' },
  ]);
});

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

test('a batch is kept below the bytes that a collector takes', async () => {
  const { journal, uplink, sink } = setUp(0);
  const long = aBody({
    feedVersion: 'f'.repeat(1024),
    zoneIds: Array.from({ length: 12 }, () => 'z'.repeat(1024)),
  });
  for (let tap = 0; tap < 400; tap++) journal.append(long);
  assert.equal(await uplink.drain(1), { kind: 'empty' });
  assert.ok(sink.batches.length > 1 && sink.batches.every(batch => batch.length * 13_312 < 4_194_304));
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

test('stopping gives up the batch under way, forgets the back-off and closes the sink', async () => {
  const { uplink, timers, sink, journal } = setUp(2, 'link-down');
  await uplink.drain(1);
  await uplink.stop();
  assert.equal([timers.delays, sink.closed, journal.outboxSize()], [[], true, 2]);
  assert.equal(await uplink.drain(1), { kind: 'stopped', left: 2 });

  const midway = setUp(1, 'link-down');
  const drained = midway.uplink.drain(9);
  await midway.uplink.stop();
  assert.equal(await drained, { kind: 'stopped', left: 1 });
  assert.equal([midway.timers.delays, midway.sink.batches.length], [[], 1]);
});

test.run();

/** Turns of the event loop until that many events were told: no clock is involved. */
async function until(events: readonly UplinkEvent[], told: number): Promise<void> {
  for (let turn = 0; turn < 100 && events.length < told; turn++) await Promise.resolve();
  assert.is(events.length, told);
}
