import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { MAX_WAITING } from '../../../src/core/validator/state.ts';
import { asked, Bench, card, presented, RANDOM, said } from './bench.ts';

/** Everything that was asked for, until nobody waits. */
function settle(bench: Bench): string[] {
  while (bench.state.turn !== undefined || bench.state.writing !== undefined) bench.answer();
  return bench.shown.map(said);
}

test('two doors in the same millisecond take turns', () => {
  const bench = new Bench();
  bench.step(presented('front', card(1), 0));
  assert.equal(bench.step(presented('rear', card(2), 0)), [], 'the second waits');
  assert.equal(settle(bench), ['front: 37.00 fare-paid #1', 'rear: 37.00 fare-paid #2']);
});

test('one card at two doors in the same millisecond pays once, and both doors say so', () => {
  const bench = new Bench();
  bench.step(presented('front', card(1), 0));
  bench.step(presented('rear', card(1), 0));
  assert.equal(settle(bench), ['front: 37.00 fare-paid #1', 'rear: 37.00 fare-paid #1 again']);
  assert.is(bench.commits.length, 1);
});

test('a card that is read twice before its answer is shown pays once', () => {
  const bench = new Bench();
  for (const atS of [0, 0.2, 0.4]) bench.step(presented('front', card(1), atS));
  assert.equal(settle(bench), [
    'front: 37.00 fare-paid #1',
    'front: 37.00 fare-paid #1 again',
    'front: 37.00 fare-paid #1 again',
  ]);
});

test('a card that was taken away while it waited is not in the field, and its next ride is recorded', () => {
  const bench = new Bench();
  bench.step(presented('front', card(1), 0));
  bench.step(presented('rear', card(2), 0));
  bench.step({ kind: 'removed', readerId: 'rear' });
  settle(bench);
  assert.equal(bench.state.readers.rear, { kind: 'ready' });
  bench.step(presented('rear', card(2), 7200));
  assert.is(bench.state.turn?.presented.readerId, 'rear', 'two hours later it is decided anew');
});

test('the second decides on what the first has written', () => {
  const bench = new Bench();
  bench.step(presented('front', card(1), 0));
  bench.step(presented('rear', card(2), 0));
  bench.step(presented('rear', card(1), 3));
  assert.equal(settle(bench), [
    'front: 37.00 fare-paid #1',
    'rear: 37.00 fare-paid #2',
    'rear: 37.00 further-rider #3',
  ]);
});

test('as many as may wait do, each gets an answer in its order, and the next is asked to come again', () => {
  const bench = new Bench();
  const everybody = Array.from({ length: MAX_WAITING + 2 }, (_, index) =>
    presented('front', card(index + 1), 0),
  );
  for (const event of everybody) bench.step(event);
  assert.equal(bench.shown.map(said), ['front: again, too many cards at once']);
  settle(bench);
  assert.equal(
    bench.commits.map(({ body }) => Number.parseInt(body.token?.value ?? '', 16)),
    Array.from({ length: MAX_WAITING + 1 }, (_, index) => index + 1),
  );
  assert.is(bench.shown.length, everybody.length);
});

test('random UIDs take turns like everybody', () => {
  const bench = new Bench();
  bench.step(presented('front', RANDOM, 0));
  bench.step(presented('rear', RANDOM, 0));
  assert.equal(settle(bench), ['front: - random-uid #1', 'rear: - random-uid #2']);
});

test('whoever waits when the vehicle goes out of service is told, whoever was being decided is served', () => {
  const bench = new Bench();
  bench.step(presented('front', card(1), 0));
  bench.step(presented('rear', card(2), 0));
  bench.step(asked({ kind: 'mode', mode: 'out-of-service' }));
  assert.equal(settle(bench), ['front: 37.00 fare-paid #1', 'rear: again, not in service']);
  assert.equal(bench.run(presented('front', card(3), 5)), ['front: again, not in service']);
  assert.is(bench.commits.length, 2, 'the ride, and the record of the mode');
  bench.run(asked({ kind: 'mode', mode: 'in-service' }));
  assert.equal(bench.run(presented('front', card(3), 6)), ['front: 37.00 fare-paid #4']);
});

test('a disk fault tells everybody who is at a reader, and takes no tap from then on', () => {
  const bench = new Bench();
  bench.step(presented('front', card(1), 0));
  bench.step(presented('rear', card(2), 0));
  bench.step(presented('rear', card(3), 0));
  bench.answer();
  bench.fail('the disk is full');
  assert.equal(bench.shown.map(said), [
    'front: fault disk-full, the disk is full',
    'rear: fault disk-full, the disk is full',
    'rear: fault disk-full, the disk is full',
  ]);
  assert.is(bench.state.turn, undefined);
  assert.equal(bench.state.waiting, []);
  assert.equal(bench.state.recent, [], 'what was not written is not repeated either');
  assert.equal(bench.run(presented('front', card(4), 10)), ['front: fault disk-full, the disk is full']);
  bench.step(asked({ kind: 'mode', mode: 'in-service' }));
  bench.step({ kind: 'reader-up', readerId: 'front' });
  assert.equal(bench.run(presented('front', card(1), 20)), ['front: fault disk-full, the disk is full']);
  assert.is(bench.commits.length, 0);
});

test('once it is mended taps are taken again, and the card that met the fault is a new one', () => {
  const bench = new Bench();
  bench.run(presented('rear', card(2), 0));
  bench.step(presented('front', card(1), 1));
  bench.fail('the disk is full');
  assert.equal(bench.run({ kind: 'mended' }), []);
  assert.is(bench.state.broken, undefined);
  assert.equal(bench.run(presented('front', card(1), 1.2)), ['front: 37.00 fare-paid #2']);
  assert.equal(
    bench.run(presented('rear', card(2), 1.5)),
    ['rear: 37.00 fare-paid #1 again'],
    'who paid has paid',
  );
});

test('a reader that goes down says why, and comes back without forgetting who paid', () => {
  const bench = new Bench();
  bench.run(presented('front', card(1), 0));
  const down = { kind: 'reader-down', readerId: 'front', why: 'unplugged' } as const;
  assert.equal(bench.run(down), ['front: fault reader-fault, unplugged']);
  assert.equal(bench.state.readers.front, { kind: 'down', why: 'unplugged' });
  bench.run({ kind: 'removed', readerId: 'front' });
  assert.equal(bench.state.readers.front, { kind: 'down', why: 'unplugged' }, 'its card went with it');
  assert.equal(bench.run(presented('rear', card(2), 0.5)), ['rear: 37.00 fare-paid #2'], 'the other goes on');
  bench.run({ kind: 'reader-up', readerId: 'front' });
  assert.equal(bench.state.readers.front, { kind: 'ready' });
  assert.equal(bench.run(presented('front', card(1), 1)), ['front: 37.00 fare-paid #1 again']);
});

test('a tap whose reader goes down while it is written is on record, and its answer is still given', () => {
  const bench = new Bench();
  bench.step(presented('front', card(1), 0));
  bench.step({ kind: 'reader-down', readerId: 'front', why: 'unplugged' });
  assert.equal(settle(bench), ['front: fault reader-fault, unplugged', 'front: 37.00 fare-paid #1']);
  assert.equal(bench.state.readers.front, { kind: 'down', why: 'unplugged' });
});

test.run();
