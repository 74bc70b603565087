/** Taps of many cards, each card settled by itself. */
import { creditOf, type Sum } from '../../backoffice/payments/credit.ts';
import {
  type Account,
  type AccountTap,
  NEW_ACCOUNT,
  type Outcome,
  type Part,
} from '../../core/fare/account.ts';
import { apportioned, carrierOf } from '../../core/fare/carrier.ts';
import { grouped } from '../../core/fare/match/grouped.ts';
import { type Statement, statementOf } from '../../core/fare/points.ts';
import { settle } from '../../core/fare/settle.ts';
import { riderAmount } from '../../core/record.ts';
import type { Tariffs } from '../../core/tariff/versions.ts';
import { toldApart } from './double.ts';
import type { FareTaps } from './fare-tap.ts';
import { NEVER, neverLeft } from './never-left.ts';

export interface RatedCard {
  readonly card: string;
  /** Every day of its taps is closed: a journey that was never left is incomplete. */
  readonly closing: readonly Part[];
  readonly totalMinor: number;
  readonly journeys: number;
  /** Of a bank card: what is asked of it when each charging day is over. */
  readonly payments: readonly Sum[];
}

export interface RatedTaps {
  /** Beside each tap, in the same order, what it came to. */
  readonly outcomes: readonly (Outcome | Unrated)[];
  readonly cards: readonly RatedCard[];
  /** What of it is whose, in minor units; empty where the tariff names no carriers. */
  readonly carriers: ReadonlyMap<string, number>;
  /** What each partner is told. */
  readonly statements: readonly Statement[];
}

/** The same tap again, another one under its identity, or the same card held there twice. */
export type Unrated = 'repeat' | 'conflict';

export function rateTaps(
  tariffs: Tariffs,
  { taps, voided }: Pick<FareTaps, 'taps' | 'voided'>,
  onCard: (done: number, of: number) => void,
): RatedTaps {
  const byCard = grouped(taps, ({ card }) => card);
  const found = new Map<AccountTap, Outcome | Unrated>();
  const parts: Part[] = [];
  const cards: RatedCard[] = [];
  const carriers = new Map<string, number>();
  for (const [card, own] of byCard) {
    const ownTaps = own.map(({ tap }) => tap);
    const taken = ownTaps.filter(({ ride }) => voided.has(ride.ref));
    // Whoever's ride was taken back taps again at once, and that is no double.
    const ridden = ownTaps.filter(tap => !taken.includes(tap));
    const refs = taken.map(({ ride }) => ride.ref);
    const once = toldApart(tariffs[0], ridden).flatMap(({ tap, isDouble }) => (isDouble ? [] : [tap]));
    const { account, conflicts } = settle(tariffs, NEW_ACCOUNT, [...once, ...taken], refs);
    for (const tap of conflicts) found.set(tap, 'conflict');
    for (const [index, tap] of account.taps.entries()) {
      const outcome = account.outcomes[index];
      if (outcome === undefined) continue;
      found.set(tap, outcome);
      parts.push(...outcome.parts);
    }
    const rated = { card, ...ended(tariffs, account) };
    cards.push(rated);
    parts.push(...rated.closing);
    shareAmong(carriers, tariffs, account, rated.closing);
    onCard(cards.length, byCard.size);
  }
  const statements = tariffs[0].loyalty.map(({ id }) => statementOf(id, parts));
  return { outcomes: taps.map(({ tap }) => found.get(tap) ?? 'repeat'), cards, carriers, statements };
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
  const parts = [...outcomes.flatMap(outcome => outcome.parts), ...closing];
  const carried = parts.map(part => ({ ...part, carrier: carriers.get(part.rideRef) ?? '' }));
  for (const journey of grouped(carried, ({ journeyRef }) => journeyRef).values())
    for (const [carrier, amount] of apportioned(tariff.apportionedBy ?? 'boarding', journey))
      totals.set(carrier, (totals.get(carrier) ?? 0) + amount);
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

function paymentsOf([{ openLoop, media }]: Tariffs, { taps, outcomes }: Account): readonly Sum[] {
  const medium = media[taps[0]?.ride.mediumClass ?? '']?.index ?? -1;
  if (openLoop === undefined || openLoop.media[medium] !== true) return [];
  const charged = taps.map(({ ride }, index) => {
    const lines = outcomes[index]?.parts.flatMap(part => part.lines) ?? [];
    return { day: ride.serviceDate, amountMinor: riderAmount(lines) };
  });
  return creditOf(openLoop, charged, [], NEVER).payments;
}
