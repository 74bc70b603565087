/** A vehicle on duty: what its driver asks, what of it does not work, and that a power cut ends no shift. */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { NEW_RIDER } from '../../../src/core/fare/rider.ts';
import type { Place } from '../../../src/core/tap.ts';
import { epoch } from '../../../src/core/time.ts';
import type { Duty, DutyRequest } from '../../../src/core/validator/duty.ts';
import { lastDuty } from '../../../src/onboard/vehicle/last-duty.ts';
import { readRecord } from '../../../src/wire/record/record.ts';
import { EPOCH } from '../../wire/records.ts';
import type { MemoryJournal } from '../uplink/memory-journal.ts';
import { ANNA, bench, DMITRY, MONDAY, PLACE } from './bench.ts';

const SHIFT = { shiftId: 's1', driverId: 'd1', waybill: '12' };
const OPEN: DutyRequest = { kind: 'open-shift', shift: SHIFT };

function records(journal: MemoryJournal) {
  return journal.outbox(100).map(({ bytes }) => readRecord(bytes));
}

test('what is asked is answered when it is written, in the order of the asking', async () => {
  const own = bench();
  const answers = await Promise.all([
    own.vehicle.ask(OPEN),
    own.vehicle.ask({ kind: 'mode', mode: 'out-of-service' }),
    own.vehicle.ask({ kind: 'void' }),
  ]);
  assert.equal(
    answers.map(({ kind }) => kind),
    ['shift', 'mode', 'refused'],
  );
  assert.equal(
    records(own.journal).map(({ kind }) => kind),
    ['shift', 'mode'],
  );
  own.reader.tap('front', ANNA);
  assert.equal(own.said(), ['front again not in service']);
});

test('a driver who asks from within what a rider is shown is answered after it', async () => {
  let answer: Promise<unknown> | undefined;
  const own = bench(
    () => ({}),
    ({ readerId }) => {
      if (readerId === 'front') answer ??= own.vehicle.ask({ kind: 'void' });
    },
  );
  own.reader.tap('front', ANNA);
  const told = await answer;
  assert.is(JSON.stringify(told).includes('"voided"'), true);
  assert.equal(
    records(own.journal).map(({ kind }) => kind),
    ['tap', 'void'],
  );
});

test('a reader that goes down and comes back makes a degraded vehicle of it and a whole one again', () => {
  const own = bench();
  own.reader.says({ kind: 'down', readerId: 'front', why: 'unplugged' });
  own.reader.says({ kind: 'down', readerId: 'front', why: 'still unplugged' });
  own.reader.tap('rear', ANNA);
  own.reader.says({ kind: 'up', readerId: 'front', name: 'ACR122U' });
  assert.equal(
    records(own.journal).map(({ kind, mode, partsDown }) => [kind, mode, partsDown]),
    [
      ['mode', 'in-service', ['reader front']],
      ['tap', undefined, undefined],
      ['mode', 'in-service', undefined],
    ],
  );
});

test('a line that is received stands in a record with its source, and the first there is does not', () => {
  const on25: Place = { ...PLACE, source: 'ibis', routeId: 'bus-25' };
  const lost: Place = { source: 'unknown', quality: 'unknown' };
  const places = [on25, lost, { ...on25 }, { ...on25, routeId: 'bus-30', line: '30' }];
  let at = 0;
  const own = bench(() => ({ position: { placeAt: () => places[at] ?? PLACE } }));
  for (const [index, uid] of [ANNA, DMITRY, ANNA, DMITRY].entries()) {
    at = index;
    own.clock.advanceTo(epoch(own.clock.now() + 60_000));
    own.reader.tap('front', uid);
  }
  assert.equal(
    records(own.journal).map(({ kind, line, source }) => [kind, line, source]),
    [
      ['tap', '25', 'ibis'],
      ['tap', undefined, 'unknown'],
      ['tap', '25', 'ibis'],
      ['mode', '30', 'ibis'],
      ['tap', '30', 'ibis'],
    ],
  );
});

test('an inspector is told where the card boarded', async () => {
  const trip = `vehicle:bus-101`;
  const lastRide = { ref: `tmn-bus-101/${EPOCH}/1`, trip, atMs: MONDAY, riders: 1 };
  const own = bench(({ journal }) => ({
    journal: Object.assign(journal, { rider: () => ({ ...NEW_RIDER, lastRide }) }),
  }));
  own.reader.tap('front', DMITRY);
  await own.vehicle.ask({ kind: 'mode', mode: 'inspection' });
  own.reader.tap('rear', ANNA);
  const shown = own.seen.at(-1)?.shown;
  assert.equal(shown?.kind === 'answer' && shown.answer.paid, {
    ref: lastRide.ref,
    atMs: MONDAY,
    riders: 1,
    stopId: 'cvetnoy-a',
  });
  assert.is(records(own.journal).at(-1)?.action, 'check');
});

/** What the newest record says of the duty, after what was asked and tapped. */
const AFTER: [name: string, asked: DutyRequest[], taps: number, duty: Partial<Duty>][] = [
  ['nothing', [], 0, { mode: 'in-service', shift: undefined }],
  ['a shift was opened', [OPEN], 0, { mode: 'in-service', shift: SHIFT }],
  ['rides in a shift', [OPEN], 2, { mode: 'in-service', shift: SHIFT }],
  ['the shift was closed', [OPEN, { kind: 'close-shift' }], 0, { mode: 'in-service', shift: undefined }],
  ['taps after it', [OPEN, { kind: 'close-shift' }], 1, { mode: 'in-service', shift: undefined }],
  ['a wrong PIN', [{ kind: 'wrong-pin', driverId: 'd2' }], 0, { mode: 'in-service', shift: undefined }],
  ['a ride taken back', [OPEN, { kind: 'void' }], 0, { mode: 'in-service', shift: SHIFT }],
  ['out of service', [{ kind: 'mode', mode: 'out-of-service' }], 0, { mode: 'out-of-service' }],
  ['an inspection', [OPEN, { kind: 'mode', mode: 'inspection' }], 1, { mode: 'inspection', shift: SHIFT }],
];

for (const [name, requests, taps, expected] of AFTER) {
  test(`a vehicle that starts again after ${name} goes on where it was`, async () => {
    const own = bench();
    for (const request of requests) await own.vehicle.ask(request);
    for (const uid of [ANNA, DMITRY].slice(0, taps)) own.reader.tap('front', uid);
    own.clock.advanceTo(epoch(own.clock.now() + 60_000));
    const { mode, shift } = lastDuty(own.journal);
    assert.equal({ mode, shift }, { mode: 'in-service', shift: undefined, ...expected });
    const again = bench(() => ({ journal: own.journal }));
    assert.equal(again.vehicle.duty.shift, shift);
    again.reader.tap('rear', ANNA);
    assert.is(again.said().length, 1);
    await again.vehicle.stop();
  });
}

test('a record that the disk spoilt is no reason not to start', () => {
  const own = bench();
  own.reader.tap('front', ANNA);
  own.journal.spoil(1, Uint8Array.of(1, 2, 3));
  assert.is(lastDuty(own.journal).mode, 'in-service');
});

test.run();
