/** A record that the collector will not have, whatever it is sent with: it is found, told, kept, and blocks nothing. */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { type FaultCode, TuraError } from '../../../src/core/error.ts';
import { AGAIN_AFTER_MS, MAX_SET_ASIDE } from '../../../src/onboard/uplink/set-aside.ts';
import type { Sink } from '../../../src/onboard/uplink/sink.ts';
import { createUplink, type Uplink, type UplinkEvent } from '../../../src/onboard/uplink/uplink.ts';
import type { Answer } from '../../../src/wire/answer.ts';
import { readRecord } from '../../../src/wire/record/record.ts';
import { aBody } from '../../wire/records.ts';
import { type Clockwork, clockwork } from '../clockwork.ts';
import { MemoryJournal } from './memory-journal.ts';

/** Refuses every batch with one of these in it. */
class PickySink implements Sink {
  readonly batches: number[][] = [];
  readonly bad: Set<number>;
  readonly #code: FaultCode;

  constructor(code: FaultCode, bad: Iterable<number>) {
    this.#code = code;
    this.bad = new Set(bad);
  }

  async send(records: readonly Uint8Array[]): Promise<Answer> {
    const sequences = records.map(bytes => readRecord(bytes).sequence);
    this.batches.push(sequences);
    if (sequences.some(sequence => this.bad.has(sequence)))
      throw new TuraError(this.#code, 'will not have it');
    return { schema: 1, results: sequences.map(() => ({ result: 'new' as const })), acknowledged: [] };
  }

  async close(): Promise<void> {}
}

interface Setup {
  readonly journal: MemoryJournal;
  readonly sink: PickySink;
  readonly timers: Clockwork;
  readonly events: UplinkEvent[];
  readonly uplink: Uplink;
}

function setUp(taps: number, bad: Iterable<number>, code: FaultCode = 'batch-refused'): Setup {
  const journal = new MemoryJournal();
  for (let tap = 0; tap < taps; tap++) journal.append(aBody());
  const parts = { journal, sink: new PickySink(code, bad), timers: clockwork(), events: [] as UplinkEvent[] };
  const onProgress = (event: UplinkEvent) => parts.events.push(event);
  return { ...parts, uplink: createUplink({ ...parts, random: () => 0.5, onProgress }) };
}

/** Some seconds in small steps: what is waited for, and what follows from it. */
async function pass({ timers }: Setup, ms: number, stepMs = 100): Promise<void> {
  for (let passed = 0; passed < ms; passed += stepMs) {
    timers.pass(stepMs);
    for (let turn = 0; turn < 10; turn++) await Promise.resolve();
  }
}

const setAside = ({ events }: Setup) =>
  events.flatMap(event => (event.kind === 'set-aside' ? [event.sequence] : []));
const left = ({ journal }: Setup) => journal.outbox(9_999).map(({ sequence }) => sequence);

for (const code of ['batch-too-large', 'batch-refused'] as const) {
  test(`${code}: the one record is found in a full queue, and all others arrive`, async () => {
    const setup = setUp(1_200, [250], code);
    setup.uplink.start();
    await pass(setup, 5_000);
    assert.equal([setAside(setup), left(setup)], [[250], [250]]);
    const last = setup.events.at(-1);
    assert.equal(last?.kind === 'acknowledged' && [last.left, last.setAside], [1, 1]);
    assert.ok(setup.sink.batches.length < 30, `${setup.sink.batches.length} batches`);
    assert.is(setup.sink.batches.at(-1)?.length, 449, 'batches are whole again');
  });
}

const PLACES: readonly [where: string, bad: readonly number[]][] = [
  ['at the head', [1]],
  ['at the end', [40]],
  ['alone in the queue', [1, 2]],
  ['side by side', [17, 18, 19]],
  ['everywhere', [1, 5, 20, 21, 33, 40]],
];

for (const [where, bad] of PLACES) {
  test(`records that are refused ${where} are set aside, in their order, and nothing else is`, async () => {
    const setup = setUp(where === 'alone in the queue' ? 2 : 40, bad);
    setup.uplink.start();
    await pass(setup, 5_000);
    assert.equal(setAside(setup), bad);
    assert.equal(left(setup), bad, 'kept in the journal');
  });
}

test('taps that come later go past what is set aside at once', async () => {
  const setup = setUp(1, [1]);
  setup.uplink.start();
  await pass(setup, 1_000);
  setup.journal.append(aBody());
  setup.uplink.kick();
  await pass(setup, 100);
  assert.equal(left(setup), [1]);
  assert.equal(setup.sink.batches.at(-1), [2]);
});

test('draining says that something is left and why; asked again, it is tried again', async () => {
  const setup = setUp(3, [2]);
  const drained = setup.uplink.drain(1);
  await pass(setup, 1_000);
  const end = await drained;
  assert.equal(end.kind === 'gave-up' && [end.left, end.fault.code], [1, 'batch-refused']);
  setup.sink.bad.clear();
  assert.equal(await setup.uplink.drain(1), { kind: 'empty' });
});

test('an hour later it is tried again, and goes when the collector was mended', async () => {
  const setup = setUp(3, [2]);
  setup.uplink.start();
  await pass(setup, 1_000);
  setup.sink.bad.clear();
  await pass(setup, AGAIN_AFTER_MS - 2_000, 1_000);
  assert.equal(left(setup), [2]);
  await pass(setup, 2_000);
  assert.equal(left(setup), []);
  const last = setup.events.at(-1);
  assert.is(last?.kind === 'acknowledged' && last.setAside, 0);
});

test('a collector that refuses every record is not pressed: after eight in a row it is asked ever more seldom', async () => {
  const setup = setUp(
    100,
    Array.from({ length: 100 }, (_, index) => index + 1),
  );
  setup.uplink.start();
  await pass(setup, 3_000);
  const atOnce = setup.sink.batches.length;
  assert.ok(atOnce < 20, `${atOnce} batches at once`);
  await pass(setup, 60_000);
  const inAMinute = setup.sink.batches.length - atOnce;
  assert.ok(inAMinute > 3 && inAMinute < 10, `${inAMinute} more in a minute`);
  assert.is(setup.journal.outboxSize(), 100, 'and nothing is given up');
});

test('more than may be set aside stay at the head, and are told as a failure', async () => {
  const setup = setUp(
    MAX_SET_ASIDE + 2,
    Array.from({ length: MAX_SET_ASIDE + 2 }, (_, index) => index + 1),
  );
  setup.uplink.start();
  // One every 150 s, since nothing is taken; the hour begins anew with each.
  while (setAside(setup).length < MAX_SET_ASIDE) await pass(setup, 150_000, 150_000);
  await pass(setup, 600_000, 150_000);
  assert.is(setAside(setup).length, MAX_SET_ASIDE);
  const last = setup.events.at(-1);
  assert.equal(last?.kind === 'failed' && [last.setAside, last.left], [MAX_SET_ASIDE, MAX_SET_ASIDE + 2]);
});

test('a stopped uplink waits for nothing', async () => {
  const setup = setUp(1, [1]);
  setup.uplink.start();
  await pass(setup, 1_000);
  await setup.uplink.stop();
  const { length } = setup.sink.batches;
  await pass(setup, AGAIN_AFTER_MS, 10_000);
  assert.is(setup.sink.batches.length, length);
});

test.run();
