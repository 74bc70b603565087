/** Inspection: a card is answered by what is known of it, and nothing is charged. */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { Verdict } from '../../../src/core/list/verdict.ts';
import { local } from '../fare/rider.ts';
import { Bench, card, type Known, PLACE, presented, RANDOM } from './bench.ts';

const INSPECTION = { kind: 'mode', mode: 'inspection' } as const;
const listed = (effect: 'decline' | 'warn' | 'alert-inspector'): Known => ({
  verdict: { kind: 'listed', effect, reason: 'lost', subject: { kind: 'uid', keyId: 1, value: '01' } },
});
const AS_PUPIL: Verdict = {
  kind: 'listed',
  effect: 'treat-as',
  category: 'pupil',
  reason: 'administrative',
  subject: { kind: 'uid', keyId: 1, value: '01' },
};

function inspected(known: Known = {}, paidAtS?: number): Bench {
  const bench = new Bench();
  if (paidAtS !== undefined) bench.run(presented('front', card(1), paidAtS));
  bench.knowing(known);
  bench.ask(INSPECTION, 10);
  return bench;
}

const ANSWERS: [name: string, bench: () => Bench, said: string][] = [
  ['a card that rode on this trip', () => inspected({}, 0), '- check-paid #3'],
  ['a card that was not seen', () => inspected(), '- check-unknown #2'],
  ['a listed card', () => inspected(listed('decline')), '- check-listed #2'],
  ['a card that a person shall look at', () => inspected(listed('warn')), '- check-listed #2'],
  ['a listed card that rode', () => inspected(listed('alert-inspector'), 0), '- check-listed #3'],
  ['a card that only has another category', () => inspected({ verdict: AS_PUPIL }, 0), '- check-paid #3'],
];

for (const [name, made, expected] of ANSWERS) {
  test(`${name}: ${expected}`, () => {
    const bench = made();
    const riders = new Map(bench.riders);
    assert.equal(bench.run(presented('rear', card(1), 11)), [`rear: ${expected}`]);
    assert.equal(bench.riders, riders, 'no rider is changed');
    const { kind, action, lines, currency } = bench.commits.at(-1)?.body ?? {};
    assert.equal([kind, action, lines, currency], ['tap', 'check', undefined, undefined]);
  });
}

test('it is told when, for how many and by which tap it paid, and the record says so', () => {
  const bench = inspected({ boardedAt: { stopId: 'centre' } }, 0);
  bench.run(presented('rear', card(1), 11));
  const shown = bench.shown.at(-1)?.shown;
  assert.equal(shown?.kind === 'answer' && shown.answer.paid, {
    ref: 'tmn-bus-101/00112233aabbccdd/1',
    atMs: local('2026-03-02 07:30:00'),
    riders: 1,
    stopId: 'centre',
  });
  assert.is(bench.commits.at(-1)?.body.passbackOf, 'tmn-bus-101/00112233aabbccdd/1');
});

test('who has paid on another trip has not paid on this one', () => {
  const bench = inspected({}, 0);
  bench.step({ kind: 'placed', place: { ...PLACE, tripId: '25-08-30' } });
  assert.equal(bench.run(presented('front', card(1), 3600)), ['front: - check-unknown #3']);
});

test('a ride taken back is not paid', () => {
  const bench = new Bench();
  bench.run(presented('front', card(1), 0));
  bench.ask({ kind: 'void' }, 5);
  bench.ask(INSPECTION, 6);
  assert.equal(bench.run(presented('rear', card(1), 10)), ['rear: - check-unknown #4']);
});

test('a number that is drawn anew at every tap says nothing', () => {
  assert.equal(inspected().run(presented('front', RANDOM, 11)), ['front: - random-uid #2']);
});

test('an inspector needs no shift', () => {
  const bench = new Bench(undefined, { duty: { shift: 'required', voidWithinMs: 0 } });
  bench.ask(INSPECTION);
  assert.equal(bench.run(presented('front', card(1), 5)), ['front: - check-unknown #2']);
});

test('the shell is told that an inspector asks', () => {
  const bench = inspected();
  const [lookUp] = bench.step(presented('front', card(1), 11));
  assert.is(lookUp?.kind === 'look-up' && lookUp.inspects, true);
});

test.run();
