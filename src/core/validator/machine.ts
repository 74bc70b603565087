/**
 * The vehicle's machine: one pure function (state, event) -> (state, effects). The way of a tap is presented ->
 * look-up -> found -> commit -> committed -> show (of a card that carries its state: `card-turn.ts`); whoever carries the effects out answers with the next event. A rider
 * sees green only after `committed`.
 */
import { assert } from '../error.ts';
import { correctedTime, sameIdentity, type TapIdentity } from '../tap.ts';
import type { Tariff } from '../tariff/tariff.ts';
import type { Tariffs } from '../tariff/versions.ts';
import { afterCommit, afterWriting, type CardStep, intend, isInHand, settling } from './card-turn.ts';
import { decide, type Installation } from './decide.ts';
import type { Answer, Effect, Facts, Fault, Presented, Shown, VehicleEvent } from './event.ts';
import { MAX_WAITING, mediumKey, type ReaderState, type Recent, type VehicleState } from './state.ts';

export interface Step {
  readonly state: VehicleState;
  readonly effects: readonly Effect[];
}

export type Machine = (state: VehicleState, event: VehicleEvent) => Step;

/** Versions of a tariff differ in prices alone: whatever else is asked of it, the first can say. */
export function createMachine(tariffs: Tariffs, installation: Installation): Machine {
  const [tariff] = tariffs;
  return (state, event) => {
    switch (event.kind) {
      case 'presented':
        return present(tariff, state, event);
      case 'found':
        return found(tariffs, installation, state, event.facts);
      case 'committed':
        return state.turn?.card === undefined
          ? committed(tariff, state, event.identity)
          : cardStep(tariff, afterCommit(state, state.turn.card, event.identity));
      case 'commit-failed':
        return broken(state, { fault: event.fault, why: event.why });
      case 'payment-lost':
        return undecided(tariff, state, event.why);
      case 'card-written':
        return cardStep(tariff, afterWriting(state, event.intent, event.writing));
      case 'mended':
        return quiet(mended(state));
      case 'removed':
        return quiet(vacate(state, event.readerId));
      case 'unreadable':
        return { state, effects: [show(event.readerId, { kind: 'again', why: event.why })] };
      case 'placed':
        return quiet({ ...state, place: event.place });
      case 'clock':
        return quiet({ ...state, clock: event.clock });
      case 'service':
        return quiet({ ...state, inService: event.inService });
      case 'reader-up':
        return quiet(setReader(state, event.readerId, { kind: 'ready' }));
      case 'reader-down':
        return {
          state: setReader(state, event.readerId, { kind: 'down', why: event.why }),
          effects: [show(event.readerId, { kind: 'fault', fault: 'reader-fault', why: event.why })],
        };
      default:
        return event satisfies never;
    }
  };
}

function present(tariff: Tariff, state: VehicleState, event: Presented): Step {
  const refused = refusal(state);
  if (refused !== undefined) return { state, effects: [show(event.readerId, refused)] };
  if (isInHand(state, event))
    return { state, effects: [show(event.readerId, { kind: 'again', why: 'one card at two readers' })] };
  const standing = standingAnswer(tariff, state, event);
  const occupied = occupy(state, event, standing);
  if (standing !== undefined) return again(occupied, event, standing);
  return state.turn === undefined ? begin(occupied, event) : queue(occupied, event);
}

function again(state: VehicleState, { readerId }: Presented, standing: Answer): Step {
  return { state, effects: [show(readerId, { kind: 'answer', answer: { ...standing, repeated: true } })] };
}

function begin(state: VehicleState, presented: Presented): Step {
  const { medium, eventTimeMs } = presented;
  const lookUp: Effect = { kind: 'look-up', medium, atMs: correctedTime(eventTimeMs, state.clock) };
  return { state: { ...state, turn: { presented } }, effects: [lookUp] };
}

function refusal(state: VehicleState): Shown | undefined {
  if (state.broken !== undefined) return { kind: 'fault', ...state.broken };
  return state.inService ? undefined : { kind: 'again', why: 'not in service' };
}

function queue(state: VehicleState, event: Presented): Step {
  if (state.waiting.length < MAX_WAITING) return quiet({ ...state, waiting: [...state.waiting, event] });
  return { state, effects: [show(event.readerId, { kind: 'again', why: 'too many cards at once' })] };
}

/** Debounce (RECORDS.md 5): while the medium stays in the field, or within d s on any door, the last answer stands. */
function standingAnswer(tariff: Tariff, state: VehicleState, event: Presented): Answer | undefined {
  const key = mediumKey(event);
  const reader = state.readers[event.readerId];
  if (reader?.kind === 'occupied' && reader.mediumKey === key && reader.answer !== undefined)
    return reader.answer;
  const young = (recent: Recent) => event.monotonicMs - recent.monotonicMs < tariff.passback.debounceMs;
  return state.recent.find(recent => recent.mediumKey === key && young(recent))?.answer;
}

function occupy(state: VehicleState, event: Presented, answer: Answer | undefined): VehicleState {
  const key = mediumKey(event);
  const reader = state.readers[event.readerId];
  const isKnown = reader?.kind === 'occupied' && reader.mediumKey === key;
  if (isKnown && (answer === undefined || reader.answer !== undefined)) return state;
  const occupied = { kind: 'occupied', mediumKey: key } as const;
  return setReader(state, event.readerId, answer === undefined ? occupied : { ...occupied, answer });
}

/** A reader that is down stays down: its card went with it. */
function vacate(state: VehicleState, readerId: string): VehicleState {
  return state.readers[readerId]?.kind === 'down' ? state : setReader(state, readerId, { kind: 'ready' });
}

function found(tariffs: Tariffs, installation: Installation, state: VehicleState, facts: Facts): Step {
  const { turn } = state;
  assert(
    turn !== undefined && turn.answer === undefined,
    'facts are found for the presentation whose turn it is',
  );
  const settled = settling(tariffs[0], state, turn);
  if (settled !== undefined) return cardStep(tariffs[0], settled);
  const { answer, cardState, ...written } = decide(tariffs, installation, state, turn.presented, facts);
  if (cardState !== undefined)
    return cardStep(tariffs[0], intend(state, turn, { body: written.body, answer, cardState }));
  const commit: Effect = { kind: 'commit', ...written };
  return { state: { ...state, turn: { ...turn, answer } }, effects: [commit] };
}

/** The turn is over and nothing came of it: other media are taken on. */
function undecided(tariff: Tariff, state: VehicleState, why: string): Step {
  const { turn, ...rest } = state;
  assert(turn?.answer !== undefined, 'only what was decided is paid');
  return nextTurn(tariff, { state: rest, effects: [show(turn.presented.readerId, { kind: 'again', why })] });
}

function committed(tariff: Tariff, state: VehicleState, identity: TapIdentity): Step {
  const { turn } = state;
  assert(turn?.answer !== undefined, 'only what was decided is committed');
  assert(
    sameIdentity(turn.answer.identity, identity),
    'a tap is committed under the identity it was decided by',
  );
  return answered(tariff, state, turn.answer);
}

function answered(tariff: Tariff, state: VehicleState, answer: Answer): Step {
  const { turn, ...rest } = state;
  assert(turn !== undefined, 'whoever is answered had a turn');
  const { presented } = turn;
  const shown = show(presented.readerId, { kind: 'answer', answer });
  return nextTurn(tariff, { state: remember(tariff, rest, presented, answer), effects: [shown] });
}

/** The turn of a card that is written is told in `card-turn.ts`; how turns follow one another, here. */
function cardStep(tariff: Tariff, step: CardStep): Step {
  switch (step.kind) {
    case 'nothing':
      return quiet(step.state);
    case 'asked':
      return { state: step.state, effects: [step.effect] };
    case 'answered':
      return answered(tariff, step.state, step.answer);
    case 'again':
      return undecided(tariff, step.state, step.why);
    case 'settled': {
      const { turn } = step.state;
      assert(turn !== undefined, 'what is settled goes on with its turn');
      return begin(step.state, turn.presented);
    }
    default:
      return step satisfies never;
  }
}

/**
 * Whoever waits has their turn now, until one of them needs a decision or nobody waits. Their readers are left as they
 * are: a card may have gone while it waited, and its reader with it.
 */
function nextTurn(tariff: Tariff, step: Step): Step {
  const [next, ...waiting] = step.state.waiting;
  if (next === undefined || step.state.turn !== undefined) return step;
  const state = { ...step.state, waiting };
  const after = called(tariff, state, next);
  return nextTurn(tariff, { state: after.state, effects: [...step.effects, ...after.effects] });
}

function called(tariff: Tariff, state: VehicleState, next: Presented): Step {
  const refused = refusal(state);
  if (refused !== undefined) return { state, effects: [show(next.readerId, refused)] };
  const standing = standingAnswer(tariff, state, next);
  return standing === undefined ? begin(state, next) : again(state, next, standing);
}

function remember(tariff: Tariff, state: VehicleState, presented: Presented, answer: Answer): VehicleState {
  const key = mediumKey(presented);
  const { monotonicMs, readerId } = presented;
  const young = state.recent.filter(recent => monotonicMs - recent.monotonicMs < tariff.passback.debounceMs);
  const remembered = { ...state, recent: [...young, { mediumKey: key, monotonicMs, answer }] };
  const reader = state.readers[readerId];
  // The card may have left the field while its tap was being written.
  if (reader?.kind !== 'occupied' || reader.mediumKey !== key) return remembered;
  return setReader(remembered, readerId, { kind: 'occupied', mediumKey: key, answer });
}

/** After a disk fault nothing may be shown as accepted: every rider at a reader is told, and no tap is taken. */
function broken(state: VehicleState, fault: Fault): Step {
  const { turn, ...rest } = state;
  const told = [...(turn === undefined ? [] : [turn.presented]), ...state.waiting];
  return {
    state: { ...rest, waiting: [], broken: fault },
    effects: told.map(({ readerId }) => show(readerId, { kind: 'fault', ...fault })),
  };
}

function mended({ broken: _mended, ...rest }: VehicleState): VehicleState {
  return rest;
}

function setReader(state: VehicleState, readerId: string, reader: ReaderState): VehicleState {
  return { ...state, readers: { ...state.readers, [readerId]: reader } };
}

function show(readerId: string, shown: Shown): Effect {
  return { kind: 'show', readerId, shown };
}

function quiet(state: VehicleState): Step {
  return { state, effects: [] };
}
