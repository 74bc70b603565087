/** A scenario in YAML, one a file, all of its words as the text that stands there: nobody need quote an amount. */
import { z } from 'zod';
import type { Problem } from '../../core/error.ts';
import { readYaml } from '../../core/source/yaml.ts';
import { CARD, STEP } from './columns.ts';
import { withExamples } from './examples.ts';
import type { WrittenScenario } from './written.ts';

const cell = z.string();

function cells<Name extends string>(columns: Readonly<Record<Name, unknown>>) {
  const pairs = Object.keys(columns).map(name => [name, cell.optional()] as const);
  // `Object.fromEntries` forgets which names these are.
  return Object.fromEntries(pairs) as Record<Name, z.ZodOptional<z.ZodString>>;
}

/** Several names are a list, too. */
const words = cell.or(z.array(cell).transform(list => list.join(' ')));

const card = z.strictObject({
  ...cells(CARD),
  passes: z.array(z.strictObject({ pass: cell, from: cell.optional(), to: cell.optional() })).optional(),
  quotaUsed: z.strictObject({ month: cell, used: cell }).optional(),
  points: z.record(cell, cell).optional(),
});

const step = z.strictObject({
  at: z.string('expected a moment: 2026-03-02 07:30'),
  card: cell.optional(),
  ...cells(STEP),
  redeem: words.optional(),
});

const scenarioSchema = z.strictObject({
  scenario: z.string('expected what it proves, in a sentence').min(1),
  source: cell.optional(),
  unconfirmed: cell.optional(),
  unnoticed: z.array(z.strictObject({ change: cell, why: cell })).optional(),
  card: card.optional(),
  cards: z.record(cell, card).optional(),
  steps: z.array(step).min(1),
  /** A row of names, then rows of what stands for `<name>` in each run. */
  examples: z.array(z.array(cell)).min(2).optional(),
});

/** None where something is wrong. */
export function readScenarioYaml(
  text: string,
  file: string,
): { readonly written: readonly WrittenScenario[]; readonly problems: readonly Problem[] } {
  const { value, problems, positionOf } = readYaml(text, file, scenarioSchema, 'text');
  if (value === undefined) return { written: [], problems };
  const { examples, ...written } = value;
  return withExamples({ ...written, positionOf }, examples);
}
