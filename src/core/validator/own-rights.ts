/** What a medium may use by what it says of itself, where it does; else by what the lists on board know. */
import type { Medium } from '../card/identity.ts';
import { act } from '../card/transit/act.ts';
import type { CardState } from '../card/transit/state.ts';
import type { CardAction } from '../list/card-action.ts';
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
  /** As it stands after `done`. */
  readonly card?: CardState | undefined;
  readonly done?: readonly CardAction[] | undefined;
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
  return { ...facts, card: state, done, rider: state.rider, entitlement: cardTerms(tariff, state) };
}

const NOTHING: readonly CardAction[] = [];
