/** Taps of many cards, each card settled by itself. */
import { type Account, NEW_ACCOUNT, type Outcome } from '../../core/fare/account.ts';
import { apportioned, carrierOf } from '../../core/fare/carrier.ts';
import { grouped } from '../../core/fare/match/grouped.ts';
import { NEW_OPEN_LOOP, type OpenLoopEvent, stepOpenLoop } from '../../core/fare/open-loop.ts';
import { closeDays, settle } from '../../core/fare/settle.ts';
import { riderAmount } from '../../core/record.ts';
import type { Tariffs } from '../../core/tariff/versions.ts';
import type { ServiceDate } from '../../core/time.ts';
import type { FareTap } from './taps-table.ts';

export interface RatedCard {
  readonly card: string;
  /** Every day of its taps is closed: a journey that was never left is incomplete. */
  readonly closing: readonly Outcome['parts'][number][];
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
  /** What of it is whose, in minor units; empty where the tariff names no carriers. */
  readonly carriers: ReadonlyMap<string, number>;
}

export function rateTaps(
  tariffs: Tariffs,
  taps: readonly FareTap[],
  onCard: (done: number, of: number) => void,
): RatedTaps {
  const byCard = grouped(taps, ({ card }) => card);
  const found = new Map<string, Outcome>();
  const cards: RatedCard[] = [];
  const carriers = new Map<string, number>();
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
    const rated = { card, ...ended(tariffs, account) };
    cards.push(rated);
    shareAmong(carriers, tariffs, account, rated.closing);
    onCard(cards.length, byCard.size);
  }
  return { outcomes: taps.map(({ tap }) => found.get(tap.ride.ref)), cards, carriers };
}

/** Journey by journey: what a tap settles of an earlier one belongs to that one's first ride. */
function shareAmong(
  totals: Map<string, number>,
  [tariff]: Tariffs,
  { taps, outcomes }: Account,
  closing: RatedCard['closing'],
): void {
  if (tariff.carrierNames.length === 0) return;
  const carriers = new Map(taps.map(({ ride }) => [ride.ref, carrierOf(tariff, ride)]));
  const carried = taps.flatMap(({ ride }, index) =>
    (outcomes[index]?.parts ?? []).map(({ journeyRef, lines }, place, parts) => ({
      journeyRef,
      lines,
      carrier: carriers.get(place === parts.length - 1 ? ride.ref : journeyRef) ?? '',
    })),
  );
  const ends = closing.map(part => ({ ...part, carrier: carriers.get(part.journeyRef) ?? '' }));
  for (const journey of grouped([...carried, ...ends], ({ journeyRef }) => journeyRef).values())
    for (const [carrier, amount] of apportioned(tariff.apportionedBy ?? 'boarding', journey))
      totals.set(carrier, (totals.get(carrier) ?? 0) + amount);
}

function ended(tariffs: Tariffs, account: Account): Omit<RatedCard, 'card'> {
  const last = account.taps.at(-1)?.ride.serviceDate;
  const open = account.state?.journey;
  const isOpen = open !== undefined && open.left === undefined && last !== undefined;
  // The day after the last: a journey may still be left when its own day is over.
  const closing = isOpen
    ? closeDays(tariffs, account, NEVER).charges.filter(({ ref }) => ref.startsWith('close:'))
    : [];
  const parts = [...account.outcomes.flatMap(outcome => outcome.parts), ...closing];
  let totalMinor = 0;
  for (const { lines } of parts) {
    for (const { funder, amountMinor } of lines) if (funder === 'rider') totalMinor += amountMinor;
  }
  const journeys = new Set(parts.map(({ journeyRef }) => journeyRef)).size;
  return { closing, totalMinor, journeys, payments: paymentsOf(tariffs, account) };
}

/** After every day. */
const NEVER = 99991231 as ServiceDate;

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
