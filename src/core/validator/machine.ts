/**
 * The vehicle's machine: one pure function (state, event) -> (state, effects). The way of a tap is presented ->
 * look-up -> found -> commit -> committed -> show (of a card that carries its state: `card-turn.ts`), that of a driver's
 * request asked -> commit -> committed -> tell; whoever carries the effects out answers with the next event. A rider sees
 * green only after `committed`.
 */
import { assert } from '../error.ts';
import { sameIdentity, type TapIdentity } from '../tap.ts';
import type { Tariffs } from '../tariff/versions.ts';
import { begin } from './begin.ts';
import { afterCommit, afterWriting, type CardStep, intend, isInHand, settling } from './card-turn.ts';
import { type Decided, decide, type Installation } from './decide.ts';
import { type Duty, type Ridden, type Rules, rulesOf } from './duty.ts';
import type { Answer, Effect, Facts, Fault, PaymentRead, Presented, Shown, VehicleEvent } from './event.ts';
import { mayPayInstead, takenUp } from './fallback.ts';
import { isFurtherAsked, withoutOne } from './further.ts';
import { inspect } from './inspection.ts';
import { refusalOf } from './mode.ts';
import { occupy, remember, setReader, standingAnswer, vacate } from './occupied.ts';
import { failed, isBusy, order, takeOrder, written } from './orders.ts';
import { MAX_WAITING, type Step, type Turn, type VehicleState } from './state.ts';
import { riddenBy } from './void.ts';

export type Machine = (state: VehicleState, event: VehicleEvent) => Step;

export function createMachine(tariffs: Tariffs, installation: Installation): Machine {
  const rules = rulesOf(tariffs, installation);
  return (state, event) => {
    switch (event.kind) {
      case 'presented':
        return present(rules, state, event);
      case 'found':
        return found(rules, state, event.facts);
      case 'committed':
        return state.turn?.card === undefined
          ? committed(rules, state, event.identity)
          : cardStep(rules, afterCommit(state, state.turn.card, event.identity));
      case 'commit-failed':
        return broken(state, { fault: event.fault, why: event.why });
      case 'payment-lost':
        return undecided(rules, state, event.why);
      case 'card-written':
        return cardStep(rules, afterWriting(state, event.intent, event.writing));
      case 'payment-read':
        return paymentRead(rules, state, event);
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
      case 'asked':
        return order(rules, state, event);
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

function present(rules: Rules, state: VehicleState, event: Presented): Step {
  const refused = refusalOf(state, rules.duty);
  if (refused !== undefined) return { state, effects: [show(event.readerId, refused)] };
  if (isInHand(state, event))
    return { state, effects: [show(event.readerId, { kind: 'again', why: 'one card at two readers' })] };
  const standing = standingAnswer(rules.tariff, state, event);
  const occupied = occupy(state, event, standing);
  if (standing !== undefined) return again(occupied, event, standing);
  return isBusy(state) ? queue(occupied, event) : begin(occupied, event);
}

function again(state: VehicleState, { readerId }: Presented, standing: Answer): Step {
  return { state, effects: [show(readerId, { kind: 'answer', answer: { ...standing, repeated: true } })] };
}

function queue(state: VehicleState, event: Presented): Step {
  if (state.waiting.length < MAX_WAITING) return quiet({ ...state, waiting: [...state.waiting, event] });
  return { state, effects: [show(event.readerId, { kind: 'again', why: 'too many cards at once' })] };
}

function found(rules: Rules, before: VehicleState, facts: Facts): Step {
  const { turn, ...state } = before;
  assert(
    turn !== undefined && turn.answer === undefined,
    'facts are found for the presentation whose turn it is',
  );
  const { presented, inspects } = turn;
  const settled = inspects ? undefined : settling(rules.tariff, state, turn);
  if (settled !== undefined) return cardStep(rules, settled);
  const decided = inspects
    ? inspect(rules, before, presented, facts)
    : decide(rules, withDestination(before), presented, facts);
  if (!inspects && turn.instead === undefined && mayPayInstead(rules.tariff, presented, decided)) {
    const { readerId, medium } = presented;
    return {
      state: { ...state, turn: { ...turn, instead: { presented, decided } } },
      effects: [{ kind: 'read-payment', readerId, medium }],
    };
  }
  const duty = inspects ? state.duty : dutyAfter(state.duty, presented, riddenBy(decided, facts));
  // A person may look at it: it is another medium than was held there.
  const { answer } = decided;
  const told = turn.instead === undefined ? decided : { ...decided, answer: { ...answer, plain: false } };
  return conclude(rules, state, { ...turn, duty }, told);
}

function conclude(rules: Rules, state: VehicleState, turn: Turn, decided: Decided): Step {
  const { answer, cardState, ...toWrite } = decided;
  if (cardState !== undefined) return cardStep(rules, intend(state, turn, decided, cardState));
  return { state: { ...state, turn: { ...turn, answer } }, effects: [{ kind: 'commit', ...toWrite }] };
}

/** The bank application pays, or its holder is asked, or the card is declined as it was. */
function paymentRead(rules: Rules, state: VehicleState, { said }: PaymentRead): Step {
  const { turn } = state;
  // Of a turn that broke off meanwhile nothing is said any more.
  if (turn?.instead === undefined || turn.answer !== undefined) return quiet(state);
  const { presented, decided } = turn.instead;
  if (said.kind === 'unread') return undecided(rules, state, said.why);
  if (said.kind === 'unsupported') return conclude(rules, state, turn, decided);
  const { pays, offers } = takenUp(rules.tariff, state, turn.instead, said);
  if (!pays) {
    const answer = { ...decided.answer, offersPayment: true } as const;
    return conclude(rules, { ...state, offers }, turn, { ...decided, answer });
  }
  return begin({ ...state, offers }, { ...presented, medium: said }, turn.instead);
}

/** A further rider who was asked for has come; a ride is the last one until the next. */
function dutyAfter(duty: Duty, { monotonicMs }: Presented, ridden: Ridden | undefined): Duty {
  const after = isFurtherAsked(duty, monotonicMs) ? withoutOne(duty) : duty;
  return ridden === undefined ? after : { ...after, ridden };
}

/** Rides from the stop that the driver chose it for end where the driver says. */
function withDestination(state: VehicleState): VehicleState {
  const { duty, place } = state;
  const { destination } = duty;
  if (destination === undefined || destination.fromStopId !== place.stopId) return state;
  return { ...state, place: { ...place, chosenStopId: destination.stopId } };
}

/** The turn is over and nothing came of it: other media are taken on. */
function undecided(rules: Rules, state: VehicleState, why: string): Step {
  const { turn, ...rest } = state;
  assert(turn !== undefined, 'whoever holds a card there again had a turn');
  return nextTurn(rules, { state: rest, effects: [show(turn.presented.readerId, { kind: 'again', why })] });
}

function committed(rules: Rules, state: VehicleState, identity: TapIdentity): Step {
  const { turn, writing } = state;
  if (writing !== undefined) return nextTurn(rules, written({ ...state, writing }));
  assert(turn?.answer !== undefined, 'only what was decided is committed');
  assert(
    sameIdentity(turn.answer.identity, identity),
    'a tap is committed under the identity it was decided by',
  );
  return answered(rules, state, turn.answer);
}

function answered(rules: Rules, state: VehicleState, answer: Answer): Step {
  const { turn, ...rest } = state;
  assert(turn !== undefined, 'whoever is answered had a turn');
  const { duty = rest.duty } = turn;
  const presented = heldThere(turn);
  const after = { ...rest, duty };
  const shown = show(presented.readerId, { kind: 'answer', answer });
  return nextTurn(rules, { state: remember(rules.tariff, after, presented, answer), effects: [shown] });
}

/** By what it is known again. A card that is not genuine is known by its bank application alone. */
function heldThere({ presented, instead }: Turn): Presented {
  return instead?.presented.medium.kind === 'identified' ? instead.presented : presented;
}

/** The turn of a card that is written is told in `card-turn.ts`; how turns follow one another, here. */
function cardStep(rules: Rules, step: CardStep): Step {
  switch (step.kind) {
    case 'nothing':
      return quiet(step.state);
    case 'asked':
      return { state: step.state, effects: [step.effect] };
    case 'answered':
      return answered(rules, step.state, step.answer);
    case 'again':
      return undecided(rules, step.state, step.why);
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
 * What was asked for has its turn now, then whoever waits, until one of them needs the shell or nobody waits. Their
 * readers are left as they are: a card may have gone while it waited, and its reader with it.
 */
function nextTurn(rules: Rules, step: Step): Step {
  if (isBusy(step.state)) return step;
  const [asked, ...orders] = step.state.orders;
  const [next, ...waiting] = step.state.waiting;
  if (asked !== undefined) return going(rules, step, takeOrder(rules, { ...step.state, orders }, asked));
  if (next !== undefined) return going(rules, step, called(rules, { ...step.state, waiting }, next));
  return step;
}

function going(rules: Rules, { effects }: Step, after: Step): Step {
  return nextTurn(rules, { state: after.state, effects: [...effects, ...after.effects] });
}

function called(rules: Rules, state: VehicleState, next: Presented): Step {
  const refused = refusalOf(state, rules.duty);
  if (refused !== undefined) return { state, effects: [show(next.readerId, refused)] };
  const standing = standingAnswer(rules.tariff, state, next);
  return standing === undefined ? begin(state, next) : again(state, next, standing);
}

/** After a disk fault nothing may be shown as accepted: every rider at a reader is told, and no tap is taken. */
function broken(state: VehicleState, fault: Fault): Step {
  const { turn, writing: _unwritten, ...rest } = state;
  const told = [...(turn === undefined ? [] : [turn.presented]), ...state.waiting];
  const shown = told.map(({ readerId }) => show(readerId, { kind: 'fault', ...fault }));
  return {
    state: { ...rest, waiting: [], orders: [], broken: fault },
    effects: [...shown, ...failed(state, fault)],
  };
}

function mended({ broken: _mended, ...rest }: VehicleState): VehicleState {
  return rest;
}

function show(readerId: string, shown: Shown): Effect {
  return { kind: 'show', readerId, shown };
}

function quiet(state: VehicleState): Step {
  return { state, effects: [] };
}
