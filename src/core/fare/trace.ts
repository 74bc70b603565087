/** What the engine looked at and why it chose, told while it rates; without a listener nothing is said or built. */
import { formatAmount, type MinorUnits } from '../money.ts';
import type { Tariff } from '../tariff/tariff.ts';

export interface Trace {
  /** A rule that decided, with its arithmetic in words. */
  applied(ruleId: string, said: string): void;
  /** A rule that was looked at and did not. */
  passed(ruleId: string, why: string): void;
  /**
   * A limit that was asked, by its name within its rule, and what the ride had to hold against it: milliseconds, minor
   * units, rides or riders with this one, service dates.
   */
  compared(ruleId: string, limit: string, value: number): void;
}

/** An amount in a sentence: `8.40`. */
export function inWords({ currency }: Pick<Tariff, 'currency'>, amountMinor: number): string {
  return formatAmount(amountMinor as MinorUnits, currency);
}
