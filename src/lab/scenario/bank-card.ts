/**
 * A bank card in a scenario: what it rode for is asked for when a charging day is over; paid, it is known to pay;
 * refused, it stands on the stop list until its debt is paid.
 */
import {
  NEW_OPEN_LOOP,
  type OpenLoopAccount,
  type OpenLoopEvent,
  stepOpenLoop,
} from '../../core/fare/open-loop.ts';
import type { MinorUnits } from '../../core/money.ts';
import type { OpenLoop } from '../../core/tariff/open-loop.ts';
import type { Tariff } from '../../core/tariff/tariff.ts';
import type { ServiceDate } from '../../core/time.ts';
import type { Card } from './scenario.ts';

/** The rules by which a medium rides on credit; undefined for one that pays at once. */
export function creditOf({ openLoop, media }: Tariff, mediumClass: string): OpenLoop | undefined {
  return openLoop?.media[media[mediumClass]?.index ?? -1] === true ? openLoop : undefined;
}

export class BankCard {
  readonly #rules: OpenLoop;
  #account: OpenLoopAccount;
  #askedMinor = 0;

  constructor(rules: OpenLoop, { paidOn }: Card) {
    this.#rules = rules;
    this.#account = { ...NEW_OPEN_LOOP, isProven: paidOn !== undefined };
  }

  get isProven(): boolean {
    return this.#account.isProven;
  }

  /** It owes for a day that is over. */
  get owesMinor(): MinorUnits {
    return this.#account.debtMinor as MinorUnits;
  }

  /** What was asked for since the last call of this; below zero it is given back. */
  takeAsked(): MinorUnits {
    const asked = this.#askedMinor as MinorUnits;
    this.#askedMinor = 0;
    return asked;
  }

  begin(day: ServiceDate): void {
    this.#happen({ kind: 'day-begun', day });
  }

  charge(day: ServiceDate, amountMinor: number): void {
    this.#happen({ kind: 'charged', day, amountMinor });
  }

  /** Of all that is outstanding unless told; false where nothing is. */
  answer(does: 'paid' | 'refused', day: ServiceDate, amount: MinorUnits | undefined): boolean {
    const { askedMinor, debtMinor } = this.#account;
    const outstandingMinor = askedMinor + debtMinor;
    if (outstandingMinor === 0) return false;
    const amountMinor = amount ?? outstandingMinor;
    this.#happen(does === 'paid' ? { kind: 'paid', amountMinor } : { kind: 'refused', day, amountMinor });
    return true;
  }

  #happen(event: OpenLoopEvent): void {
    const { account, actions } = stepOpenLoop(this.#rules, this.#account, event);
    this.#account = account;
    for (const action of actions) {
      if (action.kind === 'pay') this.#askedMinor += action.amountMinor;
      if (action.kind === 'refund') this.#askedMinor -= action.amountMinor;
    }
  }
}
