/** Modes: which of them takes taps, and that each change is written before it holds. */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { known } from '../../../src/core/known.ts';
import type { DutyRules } from '../../../src/core/validator/duty.ts';
import { asked, Bench, card, presented } from './bench.ts';

const OUT = { kind: 'mode', mode: 'out-of-service' } as const;
const IN = { kind: 'mode', mode: 'in-service' } as const;

test('out of service no tap is taken, and in service again the next one is', () => {
  const bench = new Bench();
  assert.equal(bench.ask(OUT), { kind: 'mode', mode: 'out-of-service', down: [] });
  assert.equal(bench.run(presented('front', card(1), 5)), ['front: again, not in service']);
  bench.ask(IN, 6);
  assert.equal(bench.run(presented('front', card(1), 10)), ['front: 37.00 fare-paid #3']);
});

test('a mode holds, and is told, only when it is on disk', () => {
  const bench = new Bench();
  bench.step(asked(OUT));
  assert.equal(bench.told, []);
  assert.is(bench.state.duty.mode, 'in-service');
  bench.answer();
  assert.is(bench.state.duty.mode, 'out-of-service');
  assert.is(bench.told.length, 1);
});

test('a mode that the disk does not take does not hold, and whoever asked is told why', () => {
  const bench = new Bench();
  bench.step(asked(OUT));
  bench.fail('the disk is full');
  assert.equal(bench.told, [{ kind: 'fault', fault: 'disk-full', why: 'the disk is full' }]);
  assert.is(bench.state.duty.mode, 'in-service');
  assert.is(bench.ask(OUT)?.kind, 'fault', 'and nothing more is asked of that disk');
  bench.run({ kind: 'mended' });
  assert.is(bench.ask(OUT)?.kind, 'mode');
});

test('a card that is shown while a mode is being written waits for it', () => {
  const bench = new Bench();
  bench.step(asked(OUT));
  assert.equal(bench.step(presented('front', card(1), 0)), []);
  bench.answer();
  assert.equal(bench.state.waiting, []);
  assert.is(bench.commits.length, 1);
});

test('a record of a mode says when, where, which line and by whose word, and what does not work', () => {
  const bench = new Bench();
  const event = asked({ kind: 'parts', down: ['reader rear', 'stop list'] }, 3);
  bench.run(event);
  assert.equal(bench.told, [{ kind: 'mode', mode: 'in-service', down: ['reader rear', 'stop list'] }]);
  assert.equal(known(bench.commits[0]?.body ?? {}), {
    kind: 'mode',
    eventTimeMs: presented('', card(1), 3).eventTimeMs,
    monotonicMs: 3000,
    clockState: 'ntp',
    offsetMs: 0,
    uncertaintyMs: 50,
    serviceDate: 20260302,
    carrierId: 'city-1',
    vehicleId: 'bus-101',
    routeId: '25',
    line: '25',
    tripId: '25-07-30',
    stopId: 'centre',
    source: 'timetable',
    quality: 'likely',
    feedVersion: 'feed-1',
    settingsHash: 'ab',
    mode: 'in-service',
    partsDown: ['reader rear', 'stop list'],
  });
});

test('a degraded vehicle takes taps, and what does not work stands until it works', () => {
  const bench = new Bench();
  bench.ask({ kind: 'parts', down: ['reader rear'] });
  assert.equal(bench.run(presented('front', card(1), 5)), ['front: 37.00 fare-paid #2']);
  bench.ask(OUT, 6);
  assert.equal(bench.commits.at(-1)?.body.partsDown, ['reader rear']);
  bench.ask({ kind: 'parts', down: [] }, 7);
  assert.is(bench.commits.at(-1)?.body.partsDown, undefined);
  assert.is(bench.commits.at(-1)?.body.mode, 'out-of-service');
});

test('a line that the driver chose stands in a record, with the place it leads to', () => {
  const bench = new Bench();
  bench.step({ kind: 'placed', place: { source: 'driver', quality: 'certain', routeId: '30', line: '30' } });
  assert.is(bench.ask({ kind: 'line' })?.kind, 'line');
  const { kind, line, source, tripId } = bench.commits[0]?.body ?? {};
  assert.equal(
    { kind, line, source, tripId },
    { kind: 'mode', line: '30', source: 'driver', tripId: undefined },
  );
});

/** Device files may ask for a shift. */
const SHIFTS: [shift: DutyRules['shift'], said: string][] = [
  ['required', 'again, no shift is open'],
  ['optional', '37.00 fare-paid #1'],
];

for (const [shift, expected] of SHIFTS) {
  test(`a card shown while no shift is open, where one is ${shift}: ${expected}`, () => {
    const bench = new Bench(undefined, { duty: { shift, voidWithinMs: 120_000 } });
    assert.equal(bench.run(presented('front', card(1), 0)), [`front: ${expected}`]);
  });
}

test('more is asked for at once than may wait: the last is refused, the others are done in their order', () => {
  const bench = new Bench();
  for (let id = 1; id <= 10; id++) bench.step(asked(id % 2 === 0 ? IN : OUT, 0, id));
  assert.equal(bench.told, [{ kind: 'refused', why: 'busy' }]);
  while (bench.state.writing !== undefined) bench.answer();
  assert.is(bench.told.length, 10);
  assert.is(bench.state.duty.mode, 'out-of-service', 'of nine');
});

test.run();
