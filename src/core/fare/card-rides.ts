/**
 * Rides of a card that carries its state, as the back office finds them: a debit on a card is a fact, which settlement
 * takes as it stands and never rates again (RECORDS.md 1). An intent whose outcome nobody wrote down, or knew, is settled
 * by the card's own counter in any later record of it, whatever vehicle that came from and in whatever order.
 */
import type { ChargeLine, JournalRecord } from '../record.ts';
import { correctedTime, identityText } from '../tap.ts';

export interface CardRide {
  /** The intent's identity. */
  readonly ref: string;
  /** What the card's counter was before it. */
  readonly counter: number;
  readonly lines: readonly ChargeLine[];
  /** `counter`: no outcome says so, but the card does. */
  readonly settledBy: 'outcome' | 'counter';
}

export interface CardRides {
  readonly rides: readonly CardRide[];
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
    if (record.kind !== 'outcome' || record.intentRef === undefined || record.outcome === 'unknown') continue;
    outcomes.set(record.intentRef, record.outcome);
    if (record.outcome === 'written') highest = Math.max(highest, record.cardCounterAfter ?? 0);
  }
  const rides: CardRide[] = [];
  const open: string[] = [];
  for (const siblings of byCounter(intents.values()).values()) {
    const written = siblings.find(intent => outcomes.get(identityText(intent)) === 'written');
    // Whoever tried anew had found the card as it was: of several only the last may be on it.
    const last = siblings.at(-1);
    if (written !== undefined) rides.push(rideOf(written, 'outcome'));
    else if (last === undefined || outcomes.has(identityText(last))) continue;
    else if (highest > (last.cardCounterBefore ?? 0)) rides.push(rideOf(last, 'counter'));
    else open.push(identityText(last));
  }
  return { rides: rides.sort((a, b) => a.counter - b.counter), open };
}

/** Those that began from one state of the card, in the order of their moments. */
function byCounter(intents: Iterable<JournalRecord>): ReadonlyMap<number, readonly JournalRecord[]> {
  const groups = new Map<number, JournalRecord[]>();
  for (const intent of intents) {
    const counter = intent.cardCounterBefore ?? 0;
    groups.set(counter, [...(groups.get(counter) ?? []), intent]);
  }
  for (const group of groups.values()) group.sort((a, b) => momentOf(a) - momentOf(b));
  return groups;
}

function momentOf({ eventTimeMs, clockState, offsetMs, uncertaintyMs }: JournalRecord): number {
  return correctedTime(eventTimeMs, { state: clockState, offsetMs, uncertaintyMs });
}

function rideOf(intent: JournalRecord, settledBy: CardRide['settledBy']): CardRide {
  const { cardCounterBefore = 0, lines = [] } = intent;
  return { ref: identityText(intent), counter: cardCounterBefore, lines, settledBy };
}
