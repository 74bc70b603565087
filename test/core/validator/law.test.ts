/**
 * Laws of the machine, first in every small world (two doors, two cards and their driver, six events in any order), then
 * in large ones drawn at random.
 */
import * as fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { Medium } from '../../../src/core/card/identity.ts';
import { counterIn } from '../../../src/core/card/transit/layout.ts';
import type { Writing } from '../../../src/core/card/transit/talk.ts';
import { NEW_RIDER, type RiderState } from '../../../src/core/fare/rider.ts';
import { CLEAR } from '../../../src/core/list/verdict.ts';
import { decisionOf } from '../../../src/core/reason.ts';
import type { RecordBody } from '../../../src/core/record.ts';
import { identityText, tokenKey } from '../../../src/core/tap.ts';
import type { DutyRequest } from '../../../src/core/validator/duty.ts';
import type { Effect, VehicleEvent } from '../../../src/core/validator/event.ts';
import { createMachine } from '../../../src/core/validator/machine.ts';
import { MAX_ORDERS } from '../../../src/core/validator/orders.ts';
import { MAX_WAITING, newVehicle, type VehicleState } from '../../../src/core/validator/state.ts';
import { bytesOf, plain } from '../card/transit/cards.ts';
import { TYUMEN } from '../fare/rider.ts';
import { asked, CLOCK, card, INSTALLATION, PLACE, presented, RANDOM } from './bench.ts';

const machine = createMachine([TYUMEN], INSTALLATION);

/** A card that carries its state: what stands on it, and what of it stands on disk. */
interface HeldCard {
  readonly state: Uint8Array;
  /** Intents on disk whose outcome is not: true where the card was written all the same. */
  readonly open: Readonly<Record<string, boolean>>;
  /** Rides that were charged. */
  readonly charged: number;
  /** Writes by other vehicles. */
  readonly elsewhere: number;
}

/** What a shell knows: the machine's state, what it was asked for and has not answered yet, and what is on disk. */
interface World {
  readonly held: HeldCard;
  readonly state: VehicleState;
  readonly asked: Exclude<Effect, { kind: 'show' | 'tell' }> | undefined;
  readonly onDisk: number;
  readonly riders: Readonly<Record<string, RiderState>>;
  /** Requests made, and those answered. */
  readonly requests: number;
  readonly told: number;
  readonly nowS: number;
}

const START: World = {
  held: { state: bytesOf(plain()), open: {}, charged: 0, elsewhere: 0 },
  state: { ...newVehicle(CLOCK), place: PLACE },
  asked: undefined,
  onDisk: 0,
  riders: {},
  requests: 0,
  told: 0,
  nowS: 0,
};

/** What happens, and how the shell stands after it; `answers` what it was asked for. */
interface Moved {
  readonly event: VehicleEvent;
  readonly next?: Partial<World>;
  readonly answers?: true;
}
/** Undefined where it makes no sense now. */
type Move = (world: World) => Moved | undefined;

const identityOf = (sequence: number) => ({ deviceId: 'tmn-bus-101', epoch: '00112233aabbccdd', sequence });

/** A second and a half between presentations: the third is beyond the debounce of the first. */
const present = (readerId: string, medium: Medium): Move => {
  return ({ nowS }) => ({ event: presented(readerId, medium, nowS), next: { nowS: nowS + 1.5 } });
};
const happen = (event: VehicleEvent): Move => {
  return () => ({ event });
};
const request = (what: DutyRequest): Move => {
  return ({ nowS, requests }) => ({
    event: asked(what, nowS, requests + 1),
    next: { requests: requests + 1 },
  });
};
/** The card that carries its state, as it is now. */
const presentHeld = (readerId: string): Move => {
  return world => present(readerId, heldMedium(world.held))(world);
};

function heldMedium({ state }: HeldCard): Medium {
  const token = { kind: 'application', keyId: 1, value: 'ab'.repeat(16) } as const;
  const counter = counterIn(state) ?? 0;
  return {
    ...{ kind: 'identified', token, further: [], form: 'transit', assurance: 'authenticated' },
    card: { state, counter },
  };
}

/** The card is written, or it is torn off: `wasWritten` says on which side of the write. */
const writeCard =
  (writing: Writing, wasWritten: boolean): Move =>
  ({ asked, held }) => {
    if (asked?.kind !== 'write-card') return undefined;
    const { intent, state } = asked;
    const ref = identityText(intent);
    const next: HeldCard = wasWritten ? { ...held, state, open: { ...held.open, [ref]: true } } : held;
    return { event: { kind: 'card-written', intent, writing }, next: { held: next }, answers: true };
  };
/** Between two presentations the card rides on another vehicle. */
const rideElsewhere: Move = ({ state, held }) => {
  if (state.turn !== undefined || state.waiting.length > 0) return undefined;
  const counter = (counterIn(held.state) ?? 0) + 1;
  const next = {
    ...held,
    state: bytesOf(plain({ counter, actionCounter: counter })),
    elsewhere: held.elsewhere + 1,
  };
  return { event: { kind: 'removed', readerId: 'front' }, next: { held: next } };
};
const LOST = { kind: 'unknown', why: 'torn off' } as const;

/** What of a card comes on disk with a record. An intent has one outcome, and only a card that was written has paid. */
function recorded(held: HeldCard, { kind, intentRef, outcome, decision }: RecordBody, ref: string): HeldCard {
  if (kind === 'intent') return { ...held, open: { ...held.open, [ref]: false } };
  if (kind !== 'outcome' || outcome === 'unknown') return held;
  const { [intentRef ?? '']: wasWritten, ...open } = held.open;
  if (wasWritten === undefined) throw new Error(`an outcome of ${intentRef}, which has none to come`);
  if (wasWritten !== (outcome === 'written')) throw new Error(`${outcome}, where written is ${wasWritten}`);
  if (wasWritten !== (decision === 'accepted')) throw new Error(`charged, where written is ${wasWritten}`);
  return { ...held, open, charged: held.charged + (wasWritten ? 1 : 0) };
}

/** The shell answers what it was asked. */
const answer: Move = world => {
  const { asked, onDisk, riders, held } = world;
  if (asked === undefined) return undefined;
  if (asked.kind === 'write-card') return writeCard({ kind: 'written' }, true)(world);
  if (asked.kind === 'commit') {
    const rider = asked.rider === undefined ? {} : { [tokenKey(asked.rider.token)]: asked.rider.state };
    const after = recorded(held, asked.body, identityText(identityOf(onDisk + 1)));
    const next = { onDisk: onDisk + 1, riders: { ...riders, ...rider }, held: after };
    return { event: { kind: 'committed', identity: identityOf(onDisk + 1) }, next, answers: true };
  }
  if (asked.kind === 'read-payment') throw new Error('asked, where the tariff lets no card fall back');
  const { medium } = asked;
  const rider = medium.kind === 'identified' ? riders[tokenKey(medium.token)] : undefined;
  const facts = {
    identity: identityOf(onDisk + 1),
    ...(rider === undefined ? {} : { rider }),
    verdict: CLEAR,
    stopListStale: false,
  };
  return { event: { kind: 'found', facts }, answers: true };
};
const fail: Move = ({ asked }) =>
  asked === undefined
    ? undefined
    : { event: { kind: 'commit-failed', fault: 'disk-full', why: 'full' }, answers: true };

const mend: Move = ({ state }) => (state.broken === undefined ? undefined : { event: { kind: 'mended' } });

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

/** One event, and every law that must hold of what it does. */
function step(world: World, move: Move): World | undefined {
  const moved = move(world);
  if (moved === undefined) return undefined;
  const { event, next, answers } = moved;
  const { state, effects } = machine(world.state, event);
  const open = answers ? undefined : world.asked;
  const [wanted, more] = effects.filter(effect => effect.kind !== 'show' && effect.kind !== 'tell');
  if (more !== undefined || (wanted !== undefined && open !== undefined)) {
    fault('the shell is asked for one thing at a time', event);
  }
  const told = world.told + effects.filter(({ kind }) => kind === 'tell').length;
  const after: World = { ...world, ...next, state, asked: wanted ?? open, told };
  if (!isOneTurn(after))
    fault('there is a turn exactly while the shell is asked, and nobody waits without one', event);
  if (!isEverybodyAnsweredOnce(world, after, event, effects)) {
    fault('whoever was presented has a turn, waits, or was told, exactly once', event);
  }
  const isTap = world.state.turn !== undefined;
  if (!isOnDisk(after, event, effects, isTap, world.state.turn?.card !== undefined))
    fault('nothing is shown before it is on disk', event);
  if (!isEveryRequestTold(after)) fault('whoever asks waits, or is told, exactly once', event);
  if (!isInItsShift(after, wanted)) fault('a record stands in the shift that is open', event);
  if (!isTakenBack(world, event)) fault('a ride taken back leaves its rider as before it', event);
  if (!isChargedOnce(after)) fault('a card is charged exactly as often as it was written', event);
  return after;
}

/** `assert` costs a trace even where it holds: there are hundreds of thousands of steps. */
function fault(law: string, event: VehicleEvent): never {
  throw new Error(`broken at '${event.kind}': ${law}`);
}

function isOneTurn({ state, asked }: World): boolean {
  const { turn, writing, waiting, orders } = state;
  if (turn !== undefined && writing !== undefined) return false;
  const isIdle = turn === undefined && writing === undefined;
  if (waiting.length > MAX_WAITING || orders.length > MAX_ORDERS) return false;
  if (isIdle) return waiting.length + orders.length === 0 && asked === undefined;
  if (turn === undefined) return asked?.kind === 'commit';
  if (turn.card?.kind === 'writing') return asked?.kind === 'write-card';
  return asked?.kind === (turn.answer === undefined ? 'look-up' : 'commit');
}

function pendingAt({ turn, waiting }: VehicleState, readerId: string): number {
  const ofTurn = turn?.presented.readerId === readerId ? 1 : 0;
  return waiting.reduce((count, event) => count + (event.readerId === readerId ? 1 : 0), ofTurn);
}

function isEverybodyAnsweredOnce(
  before: World,
  after: World,
  event: VehicleEvent,
  effects: readonly Effect[],
): boolean {
  return ['front', 'rear'].every(readerId => {
    const here = 'readerId' in event && event.readerId === readerId;
    const came = here && event.kind === 'presented' ? 1 : 0;
    // A reader that says something of itself is shown so: nobody's tap.
    const ofReader = here && (event.kind === 'unreadable' || event.kind === 'reader-down') ? 1 : 0;
    let told = -ofReader;
    for (const effect of effects) if (effect.kind === 'show' && effect.readerId === readerId) told += 1;
    return pendingAt(before.state, readerId) + came - told === pendingAt(after.state, readerId);
  });
}

function isEveryRequestTold({ state, requests, told }: World): boolean {
  return requests === told + state.orders.length + (state.writing === undefined ? 0 : 1);
}

/** The shift's own records too: the one that opens it, and the one that closes it. */
function isInItsShift({ state }: World, wanted: World['asked']): boolean {
  if (wanted?.kind !== 'commit') return true;
  const { shift, shiftId } = wanted.body;
  const open = shift === 'opened' ? state.writing?.change.duty.shift : state.duty.shift;
  return shiftId === open?.shiftId;
}

let takenBack = 0;

/** What is committed for the rider is what the last ride found. */
function isTakenBack({ state, asked, riders }: World, event: VehicleEvent): boolean {
  if (event.kind !== 'committed' || asked?.kind !== 'commit' || asked.body.kind !== 'void') return true;
  takenBack += 1;
  const { ridden } = state.duty;
  if (ridden === undefined || asked.rider === undefined) return false;
  const isLast = riders[tokenKey(ridden.token)]?.lastRide?.riders === ridden.body.riderIndex;
  return isLast && asked.rider.state === (ridden.before ?? NEW_RIDER);
}

/** Every write is charged, or waits to be settled by the card's next presentation. */
function isChargedOnce({ held }: World): boolean {
  const waiting = Object.values(held.open).filter(wasWritten => wasWritten).length;
  return (counterIn(held.state) ?? 0) - 1 === held.charged + waiting + held.elsewhere;
}

function isOnDisk(
  { onDisk }: World,
  event: VehicleEvent,
  effects: readonly Effect[],
  isTap: boolean,
  wroteCard: boolean,
): boolean {
  let fresh = 0;
  for (const effect of effects) {
    if (effect.kind !== 'show' || effect.shown.kind !== 'answer') continue;
    const { identity, repeated, decision, reason } = effect.shown.answer;
    if (identity.sequence > onDisk || decision !== decisionOf(reason)) return false;
    if (!repeated) fresh += 1;
    if (!repeated && identity.sequence !== onDisk) return false;
  }
  // An intent on disk is no answer yet; nor is the outcome of a write that failed.
  if (wroteCard) return fresh === 0 || (fresh === 1 && event.kind === 'committed');
  return fresh === (event.kind === 'committed' && isTap ? 1 : 0);
}

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
    { numRuns: 500 },
  );
  assert.is(fullest, MAX_WAITING, 'the limit was met on the way');
  assert.ok(takenBack > 20, `${takenBack} rides taken back`);
});

test.run();
