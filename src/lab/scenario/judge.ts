/** What a step came to, held against what it was expected to come to. */
import { formatAmount, type MinorUnits } from '../../core/money.ts';
import { decisionOf } from '../../core/reason.ts';
import type { ChargeLine } from '../../core/record.ts';
import { EXPECTATIONS, type Expectation } from './columns.ts';
import type { Step } from './scenario.ts';

/** What is there to be judged after a step. */
export interface After {
  /** Absent where nothing rode. */
  readonly reason: Step['reason'] | undefined;
  readonly lines: readonly ChargeLine[];
  readonly quotaAfter: number | undefined;
  readonly purseMinor: MinorUnits | undefined;
  /** Absent where the card is no bank card. */
  readonly askedMinor: MinorUnits | undefined;
  /** A payment was answered that nobody had asked for. */
  readonly unasked: boolean;
}

/** One expectation that was not met. */
export interface Miss {
  readonly key: Expectation | 'does';
  readonly expected: string;
  readonly actual: string;
}

const ACTUAL: { readonly [Key in Expectation]: (after: After) => Step[Key] | undefined } = {
  decision: ({ reason }) => (reason === undefined ? undefined : decisionOf(reason)),
  pay: ({ lines }) => sumOf(lines, true),
  others: ({ lines }) => sumOf(lines, false),
  reason: ({ reason }) => reason,
  quota: ({ quotaAfter }) => quotaAfter,
  purse: ({ purseMinor }) => purseMinor,
  asks: ({ askedMinor }) => askedMinor,
};

const KEYS = Object.keys(EXPECTATIONS) as readonly Expectation[];

export function missesOf(step: Step, after: After, currency: string): readonly Miss[] {
  const misses: Miss[] = [];
  for (const key of KEYS) {
    const expected = step[key];
    if (expected === undefined) continue;
    const actual = ACTUAL[key](after);
    if (actual === expected) continue;
    misses.push({ key, expected: written(key, expected, currency), actual: written(key, actual, currency) });
  }
  if (after.unasked)
    misses.push({ key: 'does', expected: 'a payment that was asked for', actual: 'nothing is asked for' });
  return misses;
}

function written(key: Expectation, value: Step[Expectation], currency: string): string {
  if (value === undefined) return 'none';
  return EXPECTATIONS[key] === 'amount' ? formatAmount(value as MinorUnits, currency) : String(value);
}

function sumOf(lines: readonly ChargeLine[], byRider: boolean): MinorUnits {
  let sum = 0;
  for (const { funder, amountMinor } of lines) if ((funder === 'rider') === byRider) sum += amountMinor;
  return sum as MinorUnits;
}
