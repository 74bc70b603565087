/** What an uplink sends, in which order and how much at a time, what then leaves the outbox, and how it stops. */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { aBody } from '../../wire/records.ts';
import { setUp } from './played-sink.ts';

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
