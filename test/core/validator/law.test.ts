/**
 * Laws of the machine, first in every small world (two doors, two cards and their driver, six events in any order), then
 * in large ones drawn at random.
 */
import * as fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { DutyRequest } from '../../../src/core/validator/duty.ts';
import { MAX_WAITING } from '../../../src/core/validator/state.ts';
import { card, RANDOM } from './bench.ts';
import {
  answer,
  fail,
  happen,
  LOST,
  type Move,
  mend,
  present,
  presentHeld,
  request,
  rideElsewhere,
  START,
  type World,
  writeCard,
} from './law-world.ts';
import { step, takenBack } from './laws.ts';

const TAPS = [
  present('front', card(1)),
  present('rear', card(1)),
  present('front', card(2)),
  present('rear', card(2)),
];
const MOVES: readonly Move[] = [
  ...TAPS,
  answer,
  fail,
  mend,
  happen({ kind: 'removed', readerId: 'front' }),
  request({ kind: 'mode', mode: 'out-of-service' }),
  happen({ kind: 'reader-down', readerId: 'rear', why: 'unplugged' }),
];

const ANNA: DutyRequest = { kind: 'open-shift', shift: { shiftId: 's1', driverId: 'd1', waybill: '12' } };

/** One door is enough: what is asked of a vehicle is asked of all its doors. */
const DUTIES: readonly Move[] = [
  present('front', card(1)),
  present('rear', card(2)),
  answer,
  fail,
  mend,
  request({ kind: 'mode', mode: 'inspection' }),
  request({ kind: 'mode', mode: 'in-service' }),
  request(ANNA),
  request({ kind: 'close-shift' }),
  request({ kind: 'void' }),
  request({ kind: 'riders', more: 1 }),
];

const SMALL: [who: string, moves: readonly Move[], least: number][] = [
  ['everybody', MOVES, 200_000],
  ['every rider and the driver', DUTIES, 200_000],
];

for (const [who, moves, least] of SMALL) {
  test(`in every small world ${who} is answered exactly once, and never before the disk`, () => {
    let worlds = 0;
    const explore = (world: World, depth: number): void => {
      worlds += 1;
      if (depth === 0) return;
      for (const move of moves) {
        const next = step(world, move);
        if (next !== undefined) explore(next, depth - 1);
      }
    };
    explore(START, 6);
    assert.ok(worlds > least, `${worlds} worlds`);
  });
}

const HELD: readonly Move[] = [
  presentHeld('front'),
  presentHeld('rear'),
  answer,
  writeCard(LOST, true),
  writeCard(LOST, false),
  writeCard({ kind: 'torn', why: 'refused' }, false),
  rideElsewhere,
  fail,
  mend,
];

test('in every small world of a card that is written, it is charged exactly as often as it was', () => {
  let [worlds, settled] = [0, 0];
  const explore = (world: World, depth: number): void => {
    worlds += 1;
    if (world.state.turn?.card?.kind === 'settling') settled += 1;
    if (depth === 0) return;
    for (const move of HELD) {
      const next = step(world, move);
      if (next !== undefined) explore(next, depth - 1);
    }
  };
  explore(START, 9);
  assert.ok(worlds > 100_000, `${worlds} worlds`);
  assert.ok(settled > 1_000, `${settled} of them settle`);
});

const MANY: readonly Move[] = [
  ...HELD,
  answer,
  ...TAPS,
  fail,
  mend,
  mend,
  present('front', card(3, 'bank')),
  present('rear', RANDOM),
  answer,
  answer,
  happen({ kind: 'removed', readerId: 'front' }),
  happen({ kind: 'removed', readerId: 'rear' }),
  happen({ kind: 'unreadable', readerId: 'front', why: 'torn off' }),
  request({ kind: 'mode', mode: 'out-of-service' }),
  request({ kind: 'mode', mode: 'in-service' }),
  request({ kind: 'parts', down: ['reader front'] }),
  request({ kind: 'wrong-pin', driverId: 'd2' }),
  request({ kind: 'line' }),
  request({ kind: 'yes' }),
  request({ kind: 'destination', stopId: 'end' }),
  ...DUTIES,
  happen({ kind: 'reader-down', readerId: 'front', why: 'unplugged' }),
  happen({ kind: 'reader-up', readerId: 'front' }),
  happen({ kind: 'placed', place: { source: 'unknown', quality: 'unknown' } }),
  happen({ kind: 'clock', clock: { state: 'unset', offsetMs: 0, uncertaintyMs: 0 } }),
];

/** Likelier taps than answers, so that the queue fills. */
const anyMoves = fc.oneof(
  fc.array(fc.constantFrom(...MANY), { maxLength: 60 }),
  fc.array(fc.constantFrom(...TAPS, ...TAPS, ...TAPS, ...TAPS, answer), { minLength: 40, maxLength: 80 }),
);

test('in any large world too, and once the shell has answered everything nobody waits', () => {
  let fullest = 0;
  fc.assert(
    fc.property(anyMoves, fc.boolean(), (moves, fails) => {
      let world = START;
      for (const move of moves) {
        world = step(world, move) ?? world;
        fullest = Math.max(fullest, world.state.waiting.length);
      }
      if (fails) world = step(world, fail) ?? world;
      while (world.asked !== undefined) world = step(world, answer) ?? world;
      assert.is(world.state.turn, undefined);
      assert.equal(world.state.waiting, []);
      assert.equal(world.state.orders, []);
      assert.is(world.told, world.requests);
    }),
    { numRuns: 250 },
  );
  assert.is(fullest, MAX_WAITING, 'the limit was met on the way');
  assert.ok(takenBack > 20, `${takenBack} rides taken back`);
});

test.run();
