/** What must hold of every event, whatever went before it. */
import { counterIn } from '../../../src/core/card/transit/layout.ts';
import { NEW_RIDER } from '../../../src/core/fare/rider.ts';
import { decisionOf } from '../../../src/core/reason.ts';
import { tokenKey } from '../../../src/core/tap.ts';
import type { Effect, VehicleEvent } from '../../../src/core/validator/event.ts';
import { createMachine } from '../../../src/core/validator/machine.ts';
import { MAX_ORDERS } from '../../../src/core/validator/orders.ts';
import { MAX_WAITING, type VehicleState } from '../../../src/core/validator/state.ts';
import { TYUMEN } from '../fare/rider.ts';
import { INSTALLATION } from './bench.ts';
import type { Move, World } from './law-world.ts';

const machine = createMachine([TYUMEN], INSTALLATION);

/** One event, and every law that must hold of what it does. */
export function step(world: World, move: Move): World | undefined {
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

export let takenBack = 0;

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
