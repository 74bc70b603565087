/** The last ride taken back: its rider is as before it, and the record gives back exactly what the tap took. */
import * as fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { NEW_RIDER } from '../../../src/core/fare/rider.ts';
import { riderAmount } from '../../../src/core/record.ts';
import type { DutyRequest } from '../../../src/core/validator/duty.ts';
import { Bench, card, entitled, type Known, presented } from './bench.ts';

const VOID: DutyRequest = { kind: 'void' };
const open = (shiftId: string): DutyRequest => ({ kind: 'open-shift', shift: { shiftId, driverId: 'd1' } });

test('the refund is told, and the same card pays its first ride again at once', () => {
  const bench = new Bench();
  bench.run(presented('front', card(1), 0));
  bench.run({ kind: 'removed', readerId: 'front' });
  assert.equal(bench.ask(VOID, 1), {
    kind: 'voided',
    of: { deviceId: 'tmn-bus-101', epoch: '00112233aabbccdd', sequence: 1 },
    refundMinor: 3700,
    currency: 'RUB',
  });
  assert.equal(
    bench.run(presented('front', card(1), 1.5)),
    ['front: 37.00 fare-paid #3'],
    'within the debounce: the answer taken back is no answer any more',
  );
});

test('the record names the tap and takes its lines back, the region’s too', () => {
  const bench = new Bench().knowing(entitled('pupil'));
  bench.run(presented('rear', card(1), 0));
  bench.ask(VOID, 60);
  const [tap, taken] = bench.commits.map(({ body }) => body);
  assert.is(taken?.kind, 'void');
  assert.is(taken?.voidOf, 'tmn-bus-101/00112233aabbccdd/1');
  assert.is(taken?.decision, undefined, 'no tap: nobody was let in or turned away');
  for (const name of ['token', 'category', 'readerId', 'doorId', 'currency', 'tariffHash'] as const) {
    assert.equal(taken?.[name], tap?.[name], name);
  }
  assert.equal(
    taken?.lines?.map(({ funder, amountMinor }) => [funder, amountMinor]),
    [
      ['rider', -840],
      ['region', -3360],
    ],
  );
  assert.equal([taken?.quotaBefore, taken?.quotaAfter], [43, 44]);
});

test('only what is last is taken back, once, and only rides are', () => {
  const bench = new Bench();
  assert.equal(bench.ask(VOID), { kind: 'refused', why: 'no-ride' });
  bench.run(presented('front', card(1), 0));
  bench.run(presented('rear', card(1), 10));
  assert.is(bench.commits.at(-1)?.body.reason, 'further-rider');
  assert.is(bench.ask(VOID, 20)?.kind, 'voided');
  assert.is(bench.commits.at(-1)?.body.voidOf, 'tmn-bus-101/00112233aabbccdd/2', 'the further rider');
  assert.equal(bench.ask(VOID, 21), { kind: 'refused', why: 'no-ride' });
  assert.is([...bench.riders.values()][0]?.lastRide?.riders, 1, 'the first rider has still paid');
});

test('a card that was declined after it takes nothing away from the ride before', () => {
  const pupil = entitled('pupil');
  const bench = new Bench().knowing(pupil);
  bench.run(presented('front', card(1), 0));
  bench.run({ kind: 'removed', readerId: 'front' });
  assert.equal(bench.run(presented('front', card(1), 10)), ['front: - passback #2']);
  assert.is(bench.ask(VOID, 20)?.kind, 'voided');
  assert.is(bench.commits.at(-1)?.body.voidOf, 'tmn-bus-101/00112233aabbccdd/1');
});

/** Two minutes, where the device file says nothing. */
const IN_TIME: [atS: number, kind: string][] = [
  [119.999, 'voided'],
  [120, 'voided'],
  [120.001, 'refused'],
];

for (const [atS, kind] of IN_TIME) {
  test(`${atS} s after it a ride is ${kind}`, () => {
    const bench = new Bench();
    bench.run(presented('front', card(1), 0));
    assert.is(bench.ask(VOID, atS)?.kind, kind);
  });
}

test('a ride of another shift is another driver’s', () => {
  const bench = new Bench();
  bench.ask(open('s1'));
  bench.run(presented('front', card(1), 1));
  bench.ask({ kind: 'close-shift' }, 2);
  assert.equal(bench.ask(VOID, 3), { kind: 'refused', why: 'void-other-shift' });
  bench.ask(open('s2'), 4);
  assert.equal(bench.ask(VOID, 5), { kind: 'refused', why: 'void-other-shift' });
});

test('where shifts are required, nobody takes a ride back without one', () => {
  const bench = new Bench(undefined, { duty: { shift: 'required', voidWithinMs: 120_000 } });
  bench.ask(open('s1'));
  bench.run(presented('front', card(1), 1));
  bench.ask({ kind: 'close-shift' }, 2);
  assert.equal(bench.ask(VOID, 3), { kind: 'refused', why: 'no-shift' });
});

test('a bank card’s void names what is not to be paid any more', () => {
  const bench = new Bench();
  const bank = card(1, 'bank');
  if (bank.kind !== 'identified') throw new Error('a bank card is known');
  const payment = { ref: 'envelope-1', bytes: Uint8Array.of(1) };
  bench.run(presented('front', { ...bank, payment }, 0));
  const { paymentEnvelopeRef } = bench.commits[0]?.body ?? {};
  bench.ask(VOID, 5);
  assert.is(bench.commits[1]?.body.paymentEnvelopeRef, paymentEnvelopeRef);
});

const KNOWN: readonly Known[] = [{}, entitled('pupil'), entitled('pensioner'), entitled('student')];
const anyTaps = fc.array(fc.record({ card: fc.integer({ min: 1, max: 3 }), afterS: fc.nat(4000) }), {
  minLength: 1,
  maxLength: 12,
});

test('whatever was ridden, a ride and its void leave every rider as they were and come to nothing', () => {
  let voids = 0;
  fc.assert(
    fc.property(anyTaps, fc.constantFrom(...KNOWN), (taps, known) => {
      const bench = new Bench().knowing(known);
      let atS = 0;
      for (const tap of taps) {
        atS += tap.afterS;
        const [before, written] = [new Map(bench.riders), bench.commits.length];
        bench.run(presented('front', card(tap.card), atS));
        bench.run({ kind: 'removed', readerId: 'front' });
        const [ride] = bench.commits.slice(written);
        if (ride?.rider === undefined || tap.afterS % 3 !== 0) continue;
        voids += 1;
        bench.ask(VOID, atS + 1);
        const taken = bench.commits.at(-1);
        assert.is(riderAmount(taken?.body.lines) + riderAmount(ride.body.lines), 0);
        const key = `uid:1:${ride.rider.token.value}`;
        assert.equal(bench.riders.get(key), before.get(key) ?? NEW_RIDER);
      }
    }),
    { numRuns: 150 },
  );
  assert.ok(voids > 100, `${voids} voids`);
});

test.run();
