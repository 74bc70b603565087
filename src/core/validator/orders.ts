/**
 * What is asked of a vehicle on duty, in its turn between taps: refused, done at once, or written and then told. The
 * shell is asked for one commit at a time, a tap's or a request's.
 */
import { sameIdentity, type TapIdentity } from '../tap.ts';
import { begin } from './begin.ts';
import type { Asked, Change, Rules, Told } from './duty.ts';
import type { Effect, Fault } from './event.ts';
import { sayYes } from './fallback.ts';
import { askFurther } from './further.ts';
import { changeLine, changeMode, changeParts } from './mode.ts';
import { closeShift, openShift, refuseShift } from './shift.ts';
import type { ReaderState, Step, VehicleState, Writing } from './state.ts';
import { takeBack } from './void.ts';

/** One driver, and the parts that tell of themselves. */
export const MAX_ORDERS = 8;

export function order(rules: Rules, state: VehicleState, asked: Asked): Step {
  if (state.broken !== undefined)
    return { state, effects: [tell(asked, { kind: 'fault', ...state.broken })] };
  if (!isBusy(state)) return takeOrder(rules, state, asked);
  if (state.orders.length < MAX_ORDERS)
    return { state: { ...state, orders: [...state.orders, asked] }, effects: [] };
  return { state, effects: [tell(asked, { kind: 'refused', why: 'busy' })] };
}

/** The shell is being asked for something. */
export function isBusy({ turn, writing }: VehicleState): boolean {
  return turn !== undefined || writing !== undefined;
}

export function takeOrder(rules: Rules, state: VehicleState, asked: Asked): Step {
  const change = changeOf(rules, state, asked);
  switch (change.kind) {
    case 'refused':
      return { state, effects: [tell(asked, change)] };
    case 'at-once':
      return { state: { ...state, duty: change.duty }, effects: [tell(asked, change.told)] };
    case 'presented': {
      const begun = begin(state, change.presented);
      return { state: begun.state, effects: [tell(asked, change.told), ...begun.effects] };
    }
    case 'written': {
      const { body, rider } = change;
      const commit: Effect = { kind: 'commit', body, ...(rider === undefined ? {} : { rider }) };
      return { state: { ...state, writing: { asked, change } }, effects: [commit] };
    }
    default:
      return change satisfies never;
  }
}

function changeOf(rules: Rules, state: VehicleState, asked: Asked): Change {
  const { request } = asked;
  switch (request.kind) {
    case 'mode':
      return changeMode(rules, state, asked, request.mode);
    case 'parts':
      return changeParts(rules, state, asked, request.down);
    case 'line':
      return changeLine(rules, state, asked);
    case 'open-shift':
      return openShift(rules, state, asked, request.shift);
    case 'wrong-pin':
      return refuseShift(rules, state, asked, request.driverId);
    case 'close-shift':
      return closeShift(rules, state, asked);
    case 'void':
      return takeBack(rules, state, asked);
    case 'yes':
      return sayYes(rules, state, asked);
    case 'riders':
      return askFurther(state.duty, asked, request.more);
    case 'destination':
      return chooseDestination(state, request.stopId);
    default:
      return request satisfies never;
  }
}

/** It holds for this stop: riders who board at the next one name their own. */
function chooseDestination({ duty, place }: VehicleState, stopId: string | undefined): Change {
  const destination = stopId === undefined ? undefined : { stopId, fromStopId: place.stopId };
  return { kind: 'at-once', duty: { ...duty, destination }, told: { kind: 'destination', stopId } };
}

/** What was asked for is on disk: from now on it holds. */
export function written({ writing, ...state }: VehicleState & { writing: Writing }): Step {
  const { asked, change } = writing;
  const after = forgetting({ ...state, duty: change.duty }, change.forget);
  return { state: after, effects: [tell(asked, change.told)] };
}

/** Nothing of it was written: whoever asked, and whoever waited, is told. */
export function failed({ writing, orders }: VehicleState, fault: Fault): readonly Effect[] {
  const told = writing === undefined ? orders : [writing.asked, ...orders];
  return told.map(asked => tell(asked, { kind: 'fault', ...fault }));
}

function forgetting(state: VehicleState, forget: TapIdentity | 'all' | undefined): VehicleState {
  if (forget === undefined) return state;
  const isForgotten = (identity: TapIdentity) => forget === 'all' || sameIdentity(identity, forget);
  const readers: Record<string, ReaderState> = {};
  for (const [id, reader] of Object.entries(state.readers)) {
    const stands = reader.kind !== 'occupied' || reader.answer === undefined;
    readers[id] =
      stands || !isForgotten(reader.answer.identity)
        ? reader
        : { kind: 'occupied', mediumKey: reader.mediumKey };
  }
  return { ...state, readers, recent: state.recent.filter(({ answer }) => !isForgotten(answer.identity)) };
}

function tell({ id }: Asked, told: Told): Effect {
  return { kind: 'tell', id, told };
}
