/** Shifts: who drives stands on every record from the opening to the closing. */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { DutyRequest } from '../../../src/core/validator/duty.ts';
import { Bench, card, presented } from './bench.ts';

const SHIFT = { shiftId: 's1', driverId: 'd-77', waybill: '12' };
const OPEN: DutyRequest = { kind: 'open-shift', shift: SHIFT };
const CLOSE: DutyRequest = { kind: 'close-shift' };

/** `shift opened s1 d-77 12`, `tap fare-paid`. */
function duties(bench: Bench): string[] {
  return bench.commits.map(({ body }) =>
    [body.kind, body.shift ?? body.reason, body.shiftId, body.driverId, body.waybill]
      .filter(word => word !== undefined)
      .join(' '),
  );
}

test('its records, and those of every tap between, carry shift, driver and waybill', () => {
  const bench = new Bench();
  bench.run(presented('front', card(1), 0));
  assert.equal(bench.ask(OPEN, 10), { kind: 'shift', change: 'opened', shift: SHIFT });
  bench.run(presented('front', card(2), 20));
  bench.ask({ kind: 'mode', mode: 'out-of-service' }, 30);
  assert.equal(bench.ask(CLOSE, 40), { kind: 'shift', change: 'closed', shift: SHIFT });
  bench.ask({ kind: 'mode', mode: 'in-service' }, 45);
  bench.run(presented('front', card(3), 50));
  assert.equal(duties(bench), [
    'tap fare-paid',
    'shift opened s1 d-77 12',
    'tap fare-paid s1 d-77 12',
    'mode s1 d-77 12',
    'shift closed s1 d-77 12',
    'mode',
    'tap fare-paid',
  ]);
});

test('a refused tap stands in its shift too', () => {
  const bench = new Bench();
  bench.ask(OPEN);
  bench.knowing({
    verdict: {
      kind: 'listed',
      effect: 'decline',
      reason: 'lost',
      subject: { kind: 'uid', keyId: 1, value: '01' },
    },
  });
  bench.run(presented('front', card(1), 5));
  assert.equal(duties(bench).at(-1), 'tap blocked s1 d-77 12');
});

const REFUSED: [name: string, before: DutyRequest[], request: DutyRequest, why: string][] = [
  ['a second shift while one is open', [OPEN], OPEN, 'shift-open'],
  ['the end of a shift that nobody opened', [], CLOSE, 'no-shift'],
  ['the end of a shift that is closed', [OPEN, CLOSE], CLOSE, 'no-shift'],
  ['a PIN while a shift is open', [OPEN], { kind: 'wrong-pin', driverId: 'd-1' }, 'shift-open'],
];

for (const [name, before, request, why] of REFUSED) {
  test(`${name} is refused, and nothing is written`, () => {
    const bench = new Bench();
    for (const each of before) bench.ask(each);
    assert.equal(bench.ask(request), { kind: 'refused', why });
    assert.is(bench.commits.length, before.length);
  });
}

test('a wrong PIN is written down under the driver whose number was tried, and opens nothing', () => {
  const bench = new Bench(undefined, { duty: { shift: 'required', voidWithinMs: 0 } });
  assert.is(bench.ask({ kind: 'wrong-pin', driverId: 'd-77' })?.kind, 'shift');
  assert.equal(duties(bench), ['shift refused d-77']);
  assert.equal(bench.run(presented('front', card(1), 5)), ['front: again, no shift is open']);
});

test.run();
