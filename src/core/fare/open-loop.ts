/**
 * Bank cards that pay afterwards (FARES.md 3, 'open loop'): what is ridden in a charging day is one payment when the day
 * is over; a payment that is refused puts the card on the stop list, a debt that is recovered takes it off.
 */
import type { OpenLoop } from '../tariff/open-loop.ts';
import { addDays, type ServiceDate } from '../time.ts';

/** Plain data; amounts in minor units. */
export interface OpenLoopAccount {
  readonly version: 1;
  /** The charging day that is being ridden, and what it came to so far. */
  readonly day: ServiceDate | undefined;
  readonly dueMinor: number;
  /** Payments asked for that nobody has answered yet. */
  readonly askedMinor: number;
  readonly debtMinor: number;
  /** Since when, and how often it was tried again. */
  readonly refusedOn: ServiceDate | undefined;
  readonly retries: number;
  /** Some payment was once taken: the card is known to pay. */
  readonly isProven: boolean;
}

export const NEW_OPEN_LOOP: OpenLoopAccount = {
  version: 1,
  day: undefined,
  dueMinor: 0,
  askedMinor: 0,
  debtMinor: 0,
  refusedOn: undefined,
  retries: 0,
  isProven: false,
};

export type OpenLoopEvent =
  /** A charge, or an adjustment below zero, of a journey of that day. */
  | { readonly kind: 'charged'; readonly day: ServiceDate; readonly amountMinor: number }
  /** A charging day has begun: what was ridden before is asked for, and what is owed is tried again when its time comes. */
  | { readonly kind: 'day-begun'; readonly day: ServiceDate }
  | { readonly kind: 'paid'; readonly amountMinor: number }
  | { readonly kind: 'refused'; readonly day: ServiceDate; readonly amountMinor: number };

export type OpenLoopAction =
  | { readonly kind: 'pay'; readonly amountMinor: number; readonly day: ServiceDate }
  | { readonly kind: 'refund'; readonly amountMinor: number; readonly day: ServiceDate }
  /** On the stop list, by reason of debt. */
  | { readonly kind: 'block' }
  | { readonly kind: 'unblock' };

export interface OpenLoopStep {
  readonly account: OpenLoopAccount;
  readonly actions: readonly OpenLoopAction[];
}

export function stepOpenLoop(rules: OpenLoop, account: OpenLoopAccount, event: OpenLoopEvent): OpenLoopStep {
  switch (event.kind) {
    case 'charged': {
      const asked = account.day === undefined || event.day <= account.day ? still(account) : ask(account);
      const day = account.day === undefined || event.day > account.day ? event.day : account.day;
      const dueMinor = asked.account.dueMinor + event.amountMinor;
      return { account: { ...asked.account, day, dueMinor }, actions: asked.actions };
    }
    case 'day-begun':
      return dayBegun(rules, account, event.day);
    case 'paid':
      return paid(account, event.amountMinor);
    case 'refused':
      return refused(account, event.day, event.amountMinor);
    default:
      return event satisfies never;
  }
}

function still(account: OpenLoopAccount): OpenLoopStep {
  return { account, actions: [] };
}

/** The day's sum in one payment; a sum below zero is given back. */
function ask(account: OpenLoopAccount): OpenLoopStep {
  const { day, dueMinor } = account;
  if (day === undefined || dueMinor === 0) return still({ ...account, day: undefined });
  if (dueMinor < 0) {
    const refund: OpenLoopAction = { kind: 'refund', amountMinor: -dueMinor, day };
    return { account: { ...account, day: undefined, dueMinor: 0 }, actions: [refund] };
  }
  const asked = { ...account, day: undefined, dueMinor: 0, askedMinor: account.askedMinor + dueMinor };
  return { account: asked, actions: [{ kind: 'pay', amountMinor: dueMinor, day }] };
}

function dayBegun({ retryDays }: OpenLoop, account: OpenLoopAccount, day: ServiceDate): OpenLoopStep {
  const { account: asked, actions } =
    account.day !== undefined && account.day < day ? ask(account) : still(account);
  const { refusedOn, retries, debtMinor } = asked;
  const wait = retryDays[retries];
  if (refusedOn === undefined || wait === undefined || debtMinor === 0 || day < addDays(refusedOn, wait)) {
    return { account: asked, actions };
  }
  const retried = { ...asked, retries: retries + 1 };
  return { account: retried, actions: [...actions, { kind: 'pay', amountMinor: debtMinor, day }] };
}

/** Debts first: they are the older. */
function paid(account: OpenLoopAccount, amountMinor: number): OpenLoopStep {
  const recovered = Math.min(account.debtMinor, amountMinor);
  const debtMinor = account.debtMinor - recovered;
  const askedMinor = Math.max(0, account.askedMinor - (amountMinor - recovered));
  const isClear = account.debtMinor > 0 && debtMinor === 0;
  return {
    account: {
      ...account,
      debtMinor,
      askedMinor,
      isProven: true,
      ...(isClear ? { refusedOn: undefined, retries: 0 } : {}),
    },
    actions: isClear ? [{ kind: 'unblock' }] : [],
  };
}

/** A retry that is refused again is the debt that stands already. */
function refused(account: OpenLoopAccount, day: ServiceDate, amountMinor: number): OpenLoopStep {
  const moved = Math.min(account.askedMinor, amountMinor);
  if (moved === 0) return still(account);
  const debt = { ...account, askedMinor: account.askedMinor - moved, debtMinor: account.debtMinor + moved };
  const isNew = account.debtMinor === 0;
  return {
    account: isNew ? { ...debt, refusedOn: day, retries: 0 } : debt,
    actions: isNew ? [{ kind: 'block' }] : [],
  };
}
