/** What a medium may use by what it says of itself, where it does; else by what the lists on board know. */
import type { Medium } from '../card/identity.ts';
import { act } from '../card/transit/act.ts';
import type { CardState } from '../card/transit/state.ts';
import type { CardAction } from '../list/card-action.ts';
import type { Verdict } from '../list/verdict.ts';
import type { PresentedTicket } from '../ticket/ticket.ts';
import type { ServiceDate } from '../time.ts';
import type { Rules } from './duty.ts';
import type { Facts } from './event.ts';
import { cardTerms, heldState } from './held-card.ts';
import { tripAt } from './ride-of.ts';
import type { VehicleState } from './state.ts';
import { entitlementOf } from './ticket.ts';

/** What is judged by: a ticket and a card bring their own rights, and no list knows better. */
export interface Judged extends Facts {
  readonly ticket?: PresentedTicket | undefined;
  /** As it stands after `done`, and after the stop list's block. */
  readonly card?: CardState | undefined;
  readonly done?: readonly CardAction[] | undefined;
  /** The stop list asks for a block that is not on the card yet. */
  readonly isToBlock?: boolean | undefined;
}

export function withOwnRights(
  { tariffs, tariff, installation }: Rules,
  { clock, place }: VehicleState,
  { ticket, card }: Extract<Medium, { kind: 'identified' }>,
  facts: Facts,
  date: ServiceDate,
): Judged {
  if (ticket !== undefined) return { ...facts, ticket, entitlement: entitlementOf(tariff, ticket, clock) };
  if (card === undefined) return facts;
  const here = [tripAt(installation, place, date), place.routeId, place.stopId, place.networkId];
  const held = heldState(tariffs, card, here);
  // One of another make has no rights here.
  if (held === undefined) return { ...facts, entitlement: undefined };
  const { state, done } = act(held, facts.actions ?? NOTHING, tariff, date);
  const isToBlock = asksForBlock(facts.verdict) && !state.isBlocked;
  const after = isToBlock ? { ...state, isBlocked: true } : state;
  return {
    ...facts,
    card: after,
    done,
    isToBlock,
    rider: state.rider,
    entitlement: cardTerms(tariff, state),
  };
}

function asksForBlock(verdict: Verdict): boolean {
  return verdict.kind === 'listed' && verdict.effect === 'block-on-card';
}

const NOTHING: readonly CardAction[] = [];
