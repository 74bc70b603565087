/**
 * A scenario: cards, what they do, and what each step is expected to come to. One YAML file that a fare analyst reads
 * aloud; whatever a step does not expect is not asked.
 */
import { z } from 'zod';
import { DECISIONS, REASONS } from '../../core/reason.ts';
import { gtfsId, name, written } from '../../core/tariff/settings/words.ts';
import { parseDate } from '../../core/time.ts';

const amount = written(/^-?\d+(\.\d+)?$/, "a decimal amount in quotes: '8.40'");
const moment = z.string('expected a moment: 2026-03-02 07:30');
const day = z.string().transform((text, context) => {
  const date = parseDate(text);
  if (date !== undefined) return date;
  context.addIssue({ code: 'custom', message: 'expected a date: 2026-03-02', input: text });
  return z.NEVER;
});

const heldPass = z.strictObject({ pass: name, from: day.optional(), to: day.optional() });

const card = z.strictObject({
  /** Absent: the tariff's first medium and its default category. */
  medium: name.optional(),
  category: name.optional(),
  passes: z.array(heldPass).default([]),
});

const step = z.strictObject({
  /** By the tariff's clock, `2026-03-02 07:30` or `07:30:01` on the day of the step before, or with an offset. */
  at: moment,
  /** Where the scenario has several cards. */
  card: name.optional(),
  does: z.enum(['enter', 'leave', 'load', 'nothing']).default('enter'),
  line: gtfsId.optional(),
  network: gtfsId.optional(),
  stop: gtfsId.optional(),
  /** Where the price is taken to end, in networks without exits. */
  to: gtfsId.optional(),
  /** Absent: a trip of its own. Named twice, it is the same vehicle. */
  trip: z.string().optional(),
  amount: amount.optional(),
  /** Programmes whose points are to pay. */
  redeem: z.array(name).optional(),
  decision: z.enum(DECISIONS).optional(),
  /** What the rider pays at this step, with what it settles of a journey before. */
  pay: amount.optional(),
  /** What somebody else pays. */
  others: amount.optional(),
  reason: z.enum(REASONS).optional(),
  /** Rides left of the quota, and the purse, afterwards. */
  quota: z.int().optional(),
  purse: amount.optional(),
});

export const scenarioSchema = z.strictObject({
  scenario: z.string().min(1),
  /** Where the rule was published that it proves, or `assumed`. */
  source: z.string().optional(),
  card: card.optional(),
  cards: z.record(name, card).optional(),
  steps: z.array(step).min(1),
});

export type Scenario = z.output<typeof scenarioSchema>;
export type Step = Scenario['steps'][number];
export type ScenarioCard = z.output<typeof card>;
