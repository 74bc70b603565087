/**
 * A card that is to be written (RECORDS.md 1): what stands on disk before it is touched, what became of it by the card's
 * own word, and the record that says so.
 */
import type { PresentedCard } from '../card/identity.ts';
import { isSameBytes } from '../card/transit/bytes.ts';
import { bytesOfHex, hexOfBytes } from '../hex.ts';
import { known } from '../known.ts';
import { decisionOf } from '../reason.ts';
import type { RecordBody } from '../record.ts';
import { type CardOutcome, identityText, type TapIdentity } from '../tap.ts';
import type { Tariffs } from '../tariff/versions.ts';
import type { Answer, RiderUpdate } from './event.ts';
import { heldState } from './held-card.ts';
import { answerOf } from './outcome.ts';
import { tripAt } from './ride-of.ts';

/** `body` is its tap's, as if the card had been written; `state` is what is to stand on it. */
export interface Intent {
  readonly identity: TapIdentity;
  readonly body: RecordBody;
  readonly answer: Answer;
  readonly state: Uint8Array;
  /** How its rider stands by that state, for whoever asks while the card is not here. */
  readonly rider?: RiderUpdate | undefined;
}

/** The record that is on disk before the card is touched: nothing is charged by it. */
export function intentBody({ body, state }: Intent): RecordBody {
  return { ...body, kind: 'intent', decision: undefined, cardStateAfter: hexOfBytes(state) };
}

/** What was written is a tap like any other; of what was not, or may not have been, nothing is charged. */
export function outcomeBody({ identity, body }: Intent, outcome: CardOutcome): RecordBody {
  const kind = body.cardActions === undefined ? 'outcome' : 'action';
  const named = { ...body, kind, outcome, intentRef: identityText(identity) } as const;
  if (outcome === 'written') return named;
  return {
    ...named,
    decision: undefined,
    reason: undefined,
    graced: undefined,
    finality: undefined,
    currency: undefined,
    lines: undefined,
    purseBeforeMinor: undefined,
    purseAfterMinor: undefined,
    quotaBefore: undefined,
    quotaAfter: undefined,
  };
}

/**
 * What its card says of it when it is shown again. One more write than before is ours only where it left our state
 * there: another vehicle may have written the card meanwhile. After more than one nobody here can tell, and the back
 * office has the records of all vehicles. Undefined for a card that was written less often than it was here.
 */
export function fateOf({ body, state }: Intent, card: PresentedCard): CardOutcome | undefined {
  const writes = card.counter - (body.cardCounterBefore ?? 0);
  if (writes < 0) return undefined;
  if (writes > 1) return 'unknown';
  return writes === 1 && isSameBytes(state, card.state) ? 'written' : 'torn';
}

/** From an intent as a journal kept it; its rider is told once more what the card was to be written for. */
export function intentOf(tariffs: Tariffs, identity: TapIdentity, recorded: RecordBody): Intent | undefined {
  const { kind, reason, cardStateAfter } = recorded;
  if (kind !== 'intent' || reason === undefined || cardStateAfter === undefined) return undefined;
  const body = {
    ...recorded,
    kind: 'tap',
    reason,
    decision: decisionOf(reason),
    cardStateAfter: undefined,
  } as const;
  const state = bytesOfHex(cardStateAfter);
  return {
    identity,
    body,
    answer: answerOf(tariffs[0], identity, body),
    state,
    rider: riderBy(tariffs, body, state),
  };
}

function riderBy(tariffs: Tariffs, body: RecordBody, state: Uint8Array): RiderUpdate | undefined {
  const { token, cardCounterAfter: counter = 0, vehicleId = '', tripId, serviceDate, routeId, stopId } = body;
  const trip = serviceDate && tripAt({ vehicleId }, known({ tripId }), serviceDate);
  const held = heldState(tariffs, { state, counter }, [trip, routeId, stopId]);
  return token === undefined || held === undefined ? undefined : { token, state: held.rider };
}
