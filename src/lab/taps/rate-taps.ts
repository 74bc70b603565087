/** Taps of many cards, each card settled by itself. */
import { type Account, NEW_ACCOUNT, type Outcome, type Part } from '../../core/fare/account.ts';
import { grouped } from '../../core/fare/match/grouped.ts';
import { NEW_OPEN_LOOP, type OpenLoopEvent, stepOpenLoop } from '../../core/fare/open-loop.ts';
import { settle } from '../../core/fare/settle.ts';
import { riderAmount } from '../../core/record.ts';
import type { Tariffs } from '../../core/tariff/versions.ts';
import type { ServiceDate } from '../../core/time.ts';
import type { FareTap } from './fare-tap.ts';
import { NEVER, neverLeft } from './never-left.ts';

export interface RatedCard {
  readonly card: string;
  /** Every day of its taps is closed: a journey that was never left is incomplete. */
  readonly closing: readonly Part[];
  readonly totalMinor: number;
  readonly journeys: number;
  /** Of a bank card: what is asked of it when each charging day is over. */
  readonly payments: readonly Payment[];
}

export interface Payment {
  readonly day: ServiceDate;
  readonly amountMinor: number;
}

export interface RatedTaps {
  /** Beside each tap, in the same order, what it came to; undefined for one that is a repeat or a conflict. */
  readonly outcomes: readonly (Outcome | undefined)[];
  readonly cards: readonly RatedCard[];
}

export function rateTaps(
  tariffs: Tariffs,
  taps: readonly FareTap[],
  onCard: (done: number, of: number) => void,
): RatedTaps {
  const byCard = grouped(taps, ({ card }) => card);
  const found = new Map<string, Outcome>();
  const cards: RatedCard[] = [];
  for (const [card, own] of byCard) {
    const { account } = settle(
      tariffs,
      NEW_ACCOUNT,
      own.map(({ tap }) => tap),
    );
    for (const [index, { ride }] of account.taps.entries()) {
      const outcome = account.outcomes[index];
      if (outcome !== undefined) found.set(ride.ref, outcome);
    }
    cards.push({ card, ...ended(tariffs, account) });
    onCard(cards.length, byCard.size);
  }
  return { outcomes: taps.map(({ tap }) => found.get(tap.ride.ref)), cards };
}

function ended(tariffs: Tariffs, account: Account): Omit<RatedCard, 'card'> {
  const closing = neverLeft(tariffs, account.state);
  const parts = [...account.outcomes.flatMap(outcome => outcome.parts), ...closing];
  let totalMinor = 0;
  for (const { lines } of parts) {
    for (const { funder, amountMinor } of lines) if (funder === 'rider') totalMinor += amountMinor;
  }
  const journeys = new Set(parts.map(({ journeyRef }) => journeyRef)).size;
  return { closing, totalMinor, journeys, payments: paymentsOf(tariffs, account) };
}

function paymentsOf([{ openLoop, media }]: Tariffs, { taps, outcomes }: Account): readonly Payment[] {
  const medium = media[taps[0]?.ride.mediumClass ?? '']?.index ?? -1;
  if (openLoop === undefined || openLoop.media[medium] !== true) return [];
  let open = NEW_OPEN_LOOP;
  const payments: Payment[] = [];
  const happen = (event: OpenLoopEvent) => {
    const { account, actions } = stepOpenLoop(openLoop, open, event);
    open = account;
    for (const action of actions) if (action.kind === 'pay') payments.push(action);
  };
  for (const [index, { ride }] of taps.entries()) {
    const lines = outcomes[index]?.parts.flatMap(part => part.lines) ?? [];
    happen({ kind: 'charged', day: ride.serviceDate, amountMinor: riderAmount(lines) });
  }
  happen({ kind: 'day-begun', day: NEVER });
  return payments.map(({ day, amountMinor }) => ({ day, amountMinor }));
}
