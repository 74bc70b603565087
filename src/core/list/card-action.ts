/**
 * What is to be done to cards in the field, once across the fleet (RECORDS.md 4): the first vehicle that meets a card
 * does it and writes its number there, and no other does it again. Orders of the tables are written into bundles: new
 * words go to the end.
 */
import type { MinorUnits } from '../money.ts';
import type { Token } from '../tap.ts';
import type { ServiceDate } from '../time.ts';

export const CARD_OPS = ['load', 'renew', 'set-category', 'block', 'unblock'] as const;
export type CardOp = (typeof CARD_OPS)[number];

export type CardAction = {
  /** The operator's own name of it. */
  readonly actionId: string;
  readonly token: Token;
  /** Of this card's actions, from 1: each waits for the one before it. */
  readonly nth: number;
} & (
  | { readonly op: 'load'; readonly amountMinor: MinorUnits; readonly currency: string }
  /**
   * `from` absent: from its first ride, or from the day after the pass that is in use; where that is good through
   * `to` already, nothing is added to it.
   */
  | { readonly op: 'renew'; readonly pass: string; readonly from?: ServiceDate; readonly to?: ServiceDate }
  /** `to`: its last day. */
  | { readonly op: 'set-category'; readonly category: string; readonly to?: ServiceDate }
  | { readonly op: 'block' | 'unblock' }
);

/** What each op says beside whose and which it is. */
export const OP_FIELDS = {
  load: { required: ['amountMinor', 'currency'], optional: [] },
  renew: { required: ['pass'], optional: ['from', 'to'] },
  'set-category': { required: ['category'], optional: ['to'] },
  block: { required: [], optional: [] },
  unblock: { required: [], optional: [] },
} as const satisfies Record<
  CardOp,
  { readonly required: readonly string[]; readonly optional: readonly string[] }
>;

/** So many are done at one presentation; the rest at the next. */
export const MAX_AT_ONCE = 8;

/** More than these are no errand any more. */
export const MAX_A_CARD = 64;
/** A number has two bytes. */
export const MAX_NTH = 9999;

/** An action as a record tells of it. */
export interface DoneAction {
  readonly actionId: string;
  readonly nth: number;
  readonly op: CardOp;
  /** Of a load. */
  readonly amountMinor?: MinorUnits | undefined;
}

export function doneOf(action: CardAction): DoneAction {
  const { actionId, nth, op } = action;
  return op === 'load' ? { actionId, nth, op, amountMinor: action.amountMinor } : { actionId, nth, op };
}

/** What follows the action that a card remembers, without a gap. `actions`: of one card, by their number. */
export function actionsAfter(actions: readonly CardAction[], done: number): readonly CardAction[] {
  const next: CardAction[] = [];
  for (const action of actions)
    if (action.nth === done + next.length + 1 && next.length < MAX_AT_ONCE) next.push(action);
  return next;
}
