/** What a card may start with and what a step may say: a key each in YAML, a column each in CSV. */
import { DECISIONS, REASONS } from '../../core/reason.ts';
import {
  allNamed,
  amount,
  type Cells,
  day,
  named,
  oneOf,
  type ReadCell,
  text,
  whole,
  yesOrNo,
} from './cells.ts';

/** Beside these a card has passes, a quota used and points (`look-up.ts`). */
export const CARD = {
  medium: named('medium'),
  category: named('category'),
  /** The balance of its purse. */
  purse: amount,
  /** The category's proof has run out. */
  proofExpired: yesOrNo,
  /** The last day on which the category holds. */
  categoryExpiry: day,
  /** Of a bank card: a day on which it paid; it is known to pay. */
  paidOn: day,
} as const satisfies Record<string, ReadCell<unknown>>;

/**
 * `nothing`: time passes. A bank card that was asked to pay has `paid`, or its bank has `refused`.
 */
const DEEDS = ['enter', 'leave', 'load', 'nothing', 'paid', 'refused'] as const;

/** Beside these a step has its moment and its card (`look-up.ts`). */
export const STEP = {
  /** Absent: enters. */
  does: oneOf('deed', DEEDS),
  line: named('line'),
  network: named('network'),
  stop: named('stop'),
  /** Where the price is taken to end, in networks without exits. */
  to: named('stop'),
  /** Absent: a trip of its own. Named twice, it is the same vehicle. */
  trip: text,
  /** Whose vehicle it is, where the line does not say. */
  carrier: named('carrier'),
  /** What is loaded; of a payment, where it is not all that is asked for. */
  amount,
  /** How many riders a button or the driver's word asks for. */
  riders: whole(1, 99),
  /** Programmes whose points are to pay. */
  redeem: allNamed('programme'),

  decision: oneOf('decision', DECISIONS),
  /** What the rider pays at this step, with what it settles of a journey before. */
  pay: amount,
  /** What somebody else pays. */
  others: amount,
  reason: oneOf('reason', REASONS),
  /** Rides left of the quota, and the purse, afterwards. */
  quota: whole(0, 9999),
  purse: amount,
  /** What a bank card is asked to pay, now that a charging day is over. */
  asks: amount,
} as const satisfies Record<string, ReadCell<unknown>>;

export type StepCells = Cells<typeof STEP>;

/** Columns of `STEP` that say what is expected, and of what kind each is. */
export const EXPECTATIONS = {
  decision: 'word',
  pay: 'amount',
  others: 'amount',
  reason: 'word',
  quota: 'count',
  purse: 'amount',
  asks: 'amount',
} as const satisfies Partial<Record<keyof StepCells, 'word' | 'amount' | 'count'>>;

export type Expectation = keyof typeof EXPECTATIONS;
