/**
 * The turn of a card that is written between two commits (RECORDS.md 1): the intent is on disk before the card is
 * touched, the outcome before its rider sees green. Where nobody knows whether the card was written, the card knows: its
 * counter settles it at its next presentation, here as anywhere, and nothing is charged twice.
 *
 *   found -> commit intent -> committed -> write-card -> card-written -> commit outcome -> committed -> show
 */
import type { Writing } from '../card/transit/talk.ts';
import { assert } from '../error.ts';
import type { RecordBody } from '../record.ts';
import { type CardOutcome, sameIdentity, type TapIdentity, tokenKey } from '../tap.ts';
import type { Tariff } from '../tariff/tariff.ts';
import type { Decided } from './decide.ts';
import type { Duty } from './duty.ts';
import type { Answer, Effect, Presented } from './event.ts';
import { withoutOne } from './further.ts';
import { fateOf, type Intent, intentBody, outcomeBody } from './intent.ts';
import { serviceDateOf } from './outcome.ts';
import type { Turn, VehicleState } from './state.ts';
import { riddenBy } from './void.ts';

export type CardStage =
  /** On its way to the disk. */
  | { readonly kind: 'intent'; readonly intent: Intent }
  | { readonly kind: 'writing'; readonly intent: Intent }
  | { readonly kind: 'outcome'; readonly intent: Intent; readonly writing: Writing }
  /** What became of an earlier intent is on its way to the disk; `stands`: its answer is this presentation's too. */
  | { readonly kind: 'settling'; readonly intent: Intent; readonly stands: boolean };

/** Older ones are left to the back office, which settles them by the counters of later records. */
export const MAX_UNSETTLED = 64;

/** What a stage that is over leaves to the machine. */
export type CardStep =
  | { readonly kind: 'nothing'; readonly state: VehicleState }
  | { readonly kind: 'asked'; readonly state: VehicleState; readonly effect: Effect }
  /** The turn is over: `answer` is remembered, and shown. */
  | { readonly kind: 'answered'; readonly state: VehicleState; readonly answer: Answer }
  | { readonly kind: 'again'; readonly state: VehicleState; readonly why: string }
  /** Nothing stands in the way any more: the card is decided on. */
  | { readonly kind: 'settled'; readonly state: VehicleState };

export function intend(
  state: VehicleState,
  turn: Turn,
  { body, answer, rider }: Decided,
  cardState: Uint8Array,
): CardStep {
  const cardCounterAfter = (body.cardCounterBefore ?? 0) + 1;
  const intent = {
    identity: answer.identity,
    body: { ...body, cardCounterAfter },
    answer,
    state: cardState,
    rider,
  };
  return asked(
    { ...state, turn: { ...turn, answer, card: { kind: 'intent', intent } } },
    { kind: 'commit', body: intentBody(intent) },
  );
}

/** What was read of a card before it was written says nothing any more: it has one turn at a time. */
export function isInHand({ turn, waiting }: VehicleState, { medium }: Presented): boolean {
  if (medium.kind !== 'identified' || medium.card === undefined) return false;
  const key = tokenKey(medium.token);
  const others = turn === undefined ? waiting : [turn.presented, ...waiting];
  return others.some(other => other.medium.kind === 'identified' && tokenKey(other.medium.token) === key);
}

/** An intent of this very card whose outcome is not known comes before anything else it wants. */
export function settling(tariff: Tariff, state: VehicleState, turn: Turn): CardStep | undefined {
  const { presented } = turn;
  const { medium } = presented;
  if (medium.kind !== 'identified' || medium.card === undefined) return undefined;
  const key = tokenKey(medium.token);
  const intent = state.unsettled.find(({ body }) => body.token !== undefined && tokenKey(body.token) === key);
  const fate = intent && fateOf(intent, medium.card);
  if (intent === undefined || fate === undefined) return undefined;
  if (fate === 'unknown') return { kind: 'settled', state: { ...without(state, intent), turn } };
  const stands = fate === 'written' && isSameOccasion(tariff, intent, presented);
  const card: CardStage = { kind: 'settling', intent, stands };
  const outcome = outcomeCommit(intent, fate);
  const commit = { ...outcome, body: { ...outcome.body, ...settledNow(tariff, state, presented) } };
  const duty = stands ? dutyAfter(state.duty, intent) : state.duty;
  return asked({ ...state, turn: { ...turn, answer: intent.answer, duty, card } }, commit);
}

/** What was asked for when the card was to be written has come about, later than it was meant to. */
function dutyAfter(duty: Duty, { identity, body }: Intent): Duty {
  const after = body.riders === undefined ? duty : withoutOne(duty);
  const ridden = riddenBy({ body }, { identity });
  return ridden === undefined ? after : { ...after, ridden };
}

/** It is written down when it is found out, by this clock and in this shift. */
function settledNow(
  tariff: Tariff,
  { clock, duty: { shift } }: VehicleState,
  { eventTimeMs, monotonicMs }: Presented,
): Partial<RecordBody> {
  return {
    eventTimeMs,
    monotonicMs,
    clockState: clock.state,
    offsetMs: clock.offsetMs,
    uncertaintyMs: clock.uncertaintyMs,
    serviceDate: serviceDateOf(tariff, clock, eventTimeMs),
    shiftId: shift?.shiftId,
    driverId: shift?.driverId,
    waybill: shift?.waybill,
  };
}

/** Whoever was asked to hold the card there again does so, and has paid. */
function isSameOccasion({ passback }: Tariff, { body }: Intent, { eventTimeMs }: Presented): boolean {
  const sinceMs = Math.abs(eventTimeMs - body.eventTimeMs);
  return sinceMs <= Math.max(passback.debounceMs, passback.furtherRiderMs, passback.refuseMs);
}

export function afterCommit(state: VehicleState, card: CardStage, identity: TapIdentity): CardStep {
  const { turn } = state;
  assert(turn !== undefined, 'a card is written in its turn');
  switch (card.kind) {
    case 'intent': {
      const { intent } = card;
      assert(
        sameIdentity(intent.identity, identity),
        'an intent is committed under the identity it was decided by',
      );
      const unsettled = [...state.unsettled, intent].slice(-MAX_UNSETTLED);
      const writing: Turn = { ...turn, card: { kind: 'writing', intent } };
      const { token } = intent.body;
      assert(token !== undefined, 'a card that is written has proven whose it is');
      const { readerId } = turn.presented;
      return asked(
        { ...state, unsettled, turn: writing },
        { kind: 'write-card', readerId, token, intent: identity, state: intent.state },
      );
    }
    case 'outcome':
      return afterOutcome(state, card, identity);
    case 'settling': {
      const settled = without(state, card.intent);
      if (card.stands)
        return { kind: 'answered', state: settled, answer: { ...card.intent.answer, identity } };
      return { kind: 'settled', state: settled };
    }
    default:
      assert(card.kind !== 'writing', 'nothing is committed while a card is written');
      return card satisfies never;
  }
}

/** The tap is its outcome: by that identity its rider is told of it, and the back office charges it. */
function afterOutcome(
  state: VehicleState,
  { intent, writing }: Extract<CardStage, { kind: 'outcome' }>,
  identity: TapIdentity,
): CardStep {
  switch (writing.kind) {
    case 'written':
      return { kind: 'answered', state: without(state, intent), answer: { ...intent.answer, identity } };
    case 'torn':
      return { kind: 'again', state: without(state, intent), why: writing.why };
    case 'unknown':
      return { kind: 'again', state, why: writing.why };
    default:
      return writing satisfies never;
  }
}

function without(state: VehicleState, intent: Intent): VehicleState {
  return { ...state, unsettled: state.unsettled.filter(other => other !== intent) };
}

/** Of a turn that broke off meanwhile nothing is said any more: its intent is settled at its card's next presentation. */
export function afterWriting(state: VehicleState, written: TapIdentity, writing: Writing): CardStep {
  const { turn } = state;
  if (turn?.card?.kind !== 'writing' || !sameIdentity(turn.card.intent.identity, written)) {
    return { kind: 'nothing', state };
  }
  const { intent } = turn.card;
  const card: CardStage = { kind: 'outcome', intent, writing };
  return asked({ ...state, turn: { ...turn, card } }, outcomeCommit(intent, writing.kind));
}

/** A card's own state needs no keeping here; that its rider has paid is for inspectors, and for the other doors. */
function outcomeCommit(intent: Intent, outcome: CardOutcome): Extract<Effect, { kind: 'commit' }> {
  const body = outcomeBody(intent, outcome);
  return outcome === 'written' ? { kind: 'commit', body, rider: intent.rider } : { kind: 'commit', body };
}

function asked(state: VehicleState, effect: Effect): CardStep {
  return { kind: 'asked', state, effect };
}
