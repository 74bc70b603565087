/** A bank card's account with those who take its payments: what its rides came to, and what the acquirer answered. */
import {
  NEW_OPEN_LOOP,
  type OpenLoopAccount,
  type OpenLoopEvent,
  stepOpenLoop,
} from '../../core/fare/open-loop.ts';
import type { OpenLoop } from '../../core/tariff/open-loop.ts';
import { addDays, type ServiceDate } from '../../core/time.ts';

/** Minor units of a charging day. */
export interface Sum {
  readonly day: ServiceDate;
  readonly amountMinor: number;
}

export interface PaymentAnswer extends Sum {
  /** `day`: on which it came. */
  readonly result: 'paid' | 'refused';
}

export interface Credit {
  readonly account: OpenLoopAccount;
  /** What was asked for, the retries among it. */
  readonly payments: readonly Sum[];
}

/** As it stands when `today` begins. Of one day the answers come first: they are for the days before. */
export function creditOf(
  rules: OpenLoop,
  charged: readonly Sum[],
  answers: readonly PaymentAnswer[],
  today: ServiceDate,
): Credit {
  let account = NEW_OPEN_LOOP;
  const payments: Sum[] = [];
  const happen = (event: OpenLoopEvent) => {
    const step = stepOpenLoop(rules, account, event);
    account = step.account;
    for (const action of step.actions)
      if (action.kind === 'pay') payments.push({ day: action.day, amountMinor: action.amountMinor });
  };
  const events = [
    ...answers.map(({ result, day, amountMinor }) => ({ kind: result, day, amountMinor })),
    ...charged.map(({ day, amountMinor }) => ({ kind: 'charged', day, amountMinor }) as const),
  ];
  let last: ServiceDate | undefined;
  /** What is owed may be tried again on every day that begins, whether anything else happens on it or not. */
  const goTo = (day: ServiceDate) => {
    if (last !== undefined && last < day) {
      for (let next = addDays(last, 1); account.debtMinor > 0 && next < day; next = addDays(next, 1))
        happen({ kind: 'day-begun', day: next });
      happen({ kind: 'day-begun', day });
    }
    last = day;
  };
  for (const event of events.sort((a, b) => a.day - b.day)) {
    goTo(event.day);
    happen(event);
  }
  goTo(today);
  return { account, payments };
}
