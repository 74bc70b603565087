/**
 * Rides of a card that carries its state, as the back office finds them: a debit on a card is a fact, which settlement
 * takes as it stands and never rates again (RECORDS.md 1). An intent whose outcome nobody wrote down, or knew, is settled
 * by the card's own counter in any later record of it, whatever vehicle that came from and in whatever order.
 */
import type { DoneAction } from '../list/card-action.ts';
import { decisionOf } from '../reason.ts';
import type { ChargeLine, JournalRecord } from '../record.ts';
import { correctedTime, identityText } from '../tap.ts';
import { grouped } from './match/grouped.ts';
import { placed } from './order.ts';

export interface CardRide {
  /** The intent's identity. */
  readonly ref: string;
  /** What the card's counter was before it. */
  readonly counter: number;
  readonly lines: readonly ChargeLine[];
  /** `counter`: no outcome says so, but the card does. */
  readonly settledBy: 'outcome' | 'counter';
}

/** What the operator's list did to the card: money loaded is no ride. */
export interface CardDone extends Pick<CardRide, 'ref' | 'counter' | 'settledBy'> {
  readonly action: DoneAction;
}

export interface CardRides {
  readonly rides: readonly CardRide[];
  readonly done: readonly CardDone[];
  /** Intents that no record has settled yet: the card was not seen again. */
  readonly open: readonly string[];
}

/** Of all records of one token so far, each as often as it came. */
export function cardRides(records: readonly JournalRecord[]): CardRides {
  const intents = new Map<string, JournalRecord>();
  const outcomes = new Map<string, JournalRecord['outcome']>();
  let highest = 0;
  for (const record of records) {
    highest = Math.max(highest, record.cardCounterBefore ?? 0);
    if (record.kind === 'intent') intents.set(identityText(record), record);
    if (record.outcome === undefined || record.intentRef === undefined || record.outcome === 'unknown')
      continue;
    outcomes.set(record.intentRef, record.outcome);
    if (record.outcome === 'written') highest = Math.max(highest, record.cardCounterAfter ?? 0);
  }
  const writes: Write[] = [];
  const open: string[] = [];
  for (const siblings of byCounter(intents.values()).values()) {
    const written = siblings.find(intent => outcomes.get(identityText(intent)) === 'written');
    // Whoever tried anew had found the card as it was: of several only the last may be on it.
    const last = siblings.at(-1);
    if (written !== undefined) writes.push({ intent: written, settledBy: 'outcome' });
    else if (last === undefined || outcomes.has(identityText(last))) continue;
    else if (highest > (last.cardCounterBefore ?? 0)) writes.push({ intent: last, settledBy: 'counter' });
    else open.push(identityText(last));
  }
  writes.sort((a, b) => counterOf(a) - counterOf(b));
  return { rides: writes.flatMap(rideOf), done: writes.flatMap(doneBy), open };
}

interface Write {
  readonly intent: JournalRecord;
  readonly settledBy: CardRide['settledBy'];
}

function counterOf({ intent }: Write): number {
  return intent.cardCounterBefore ?? 0;
}

/** A rider who was declined may have had something done to the card all the same. */
function rideOf({ intent, settledBy }: Write): readonly CardRide[] {
  const { reason, cardCounterBefore: counter = 0, lines = [] } = intent;
  if (reason !== undefined && decisionOf(reason) === 'declined') return [];
  return [{ ref: identityText(intent), counter, lines, settledBy }];
}

function doneBy({ intent, settledBy }: Write): readonly CardDone[] {
  const { cardCounterBefore: counter = 0, cardActions = [] } = intent;
  return cardActions.map(action => ({ ref: identityText(intent), counter, settledBy, action }));
}

/** Those that began from one state of the card, in their total order. */
function byCounter(intents: Iterable<JournalRecord>): ReadonlyMap<number, readonly JournalRecord[]> {
  return grouped(placed([...intents], madeOf), ({ cardCounterBefore: counter = 0 }) => counter);
}

function madeOf({
  deviceId,
  epoch,
  sequence,
  eventTimeMs,
  clockState,
  offsetMs,
  uncertaintyMs,
}: JournalRecord) {
  const atMs = correctedTime(eventTimeMs, { state: clockState, offsetMs, uncertaintyMs });
  return { stream: `${deviceId}/${epoch}`, sequence, atMs };
}
