/**
 * Scenarios for what no scenario touches yet: drafts are tried at random until one touches a gap, and made small. What
 * they come to today is what they expect, for a person to confirm.
 */
import type { Counted } from '../coverage/coverage.ts';
import type { Inventory } from '../coverage/inventory.ts';
import type { Random } from '../random.ts';
import { type After, answersOf } from '../scenario/judge.ts';
import { passes, playScenario } from '../scenario/play-scenario.ts';
import { readScenarios } from '../scenario/read-scenarios.ts';
import type { Scenario } from '../scenario/scenario.ts';
import { scenarioYaml } from '../scenario/write-yaml.ts';
import type { World } from '../search/world.ts';
import { shrunkTo } from '../shrink.ts';
import { randomDraft } from './draft.ts';
import { type Gaps, touchedBy } from './gap.ts';
import { isInOrder, smaller, weightOf } from './smaller.ts';

export type Suggested =
  | { readonly kind: 'tried'; readonly drafts: number; readonly left: Gaps }
  | { readonly kind: 'suggestion'; readonly suggestion: Suggestion };

export interface Suggestion {
  /** What it was made for; it may touch more. */
  readonly gap: Counted;
  /** YAML, in the form of a scenario file. */
  readonly text: string;
}

/** Drafts looked at to make one small. */
const MOST_TRIED = 1500;
const TOLD_EVERY = 100;

/** Ends when no gap is left, or after so many drafts. */
export function* suggest(
  world: World,
  inventory: Inventory,
  gaps: Gaps,
  drafts: number,
  random: Random,
): Generator<Suggested> {
  const left = new Map(gaps);
  if (world.payers.length === 0 || world.ways.length === 0 || world.days.length === 0) return;
  const touched = (draft: Scenario) => touchedBy(world.tariffs, inventory, draft, left);
  for (let tried = 1; tried <= drafts && left.size > 0; tried++) {
    const draft = randomDraft(world, random);
    for (const name of isInOrder(draft) ? touched(draft) : []) {
      const gap = left.get(name);
      // The one before it may have closed it, too.
      if (gap === undefined) continue;
      const small = shrunk(world, draft, one => touched(one).includes(name));
      const text = written(world, gap, small);
      if (text === undefined) continue;
      for (const closed of touched(small)) left.delete(closed);
      yield { kind: 'suggestion', suggestion: { gap, text } };
    }
    if (tried % TOLD_EVERY === 0 || tried === drafts || left.size === 0)
      yield { kind: 'tried', drafts: tried, left: new Map(left) };
  }
}

function shrunk(world: World, draft: Scenario, shows: (draft: Scenario) => boolean): Scenario {
  return shrunkTo<Scenario, Scenario>(draft, {
    simpler: from => smaller(world, from),
    weightOf: one => weightOf(world, one),
    kept: one => (isInOrder(one) && shows(one) ? one : undefined),
    mostTried: MOST_TRIED,
  });
}

/** Undefined where it would not read back as itself: a wall clock that says the same twice cannot tell which. */
function written({ tariffs }: World, { name }: Counted, scenario: Scenario): string | undefined {
  const played = [...playScenario(tariffs, scenario)];
  const steps = played.map(({ step, after }) => ({ ...step, ...worthSaying(after) }));
  const text = scenarioYaml(tariffs[0], { ...scenario, title: name, steps });
  const { scenarios, problems } = readScenarios(text, 'suggested.yaml', tariffs[0]);
  const isSame = problems.length === 0 && scenarios.every(one => passes(tariffs, one));
  return isSame ? text : undefined;
}

/** A reason says the decision, too; where nothing rode, nothing was paid. */
function worthSaying(after: After): ReturnType<typeof answersOf> {
  const { decision: _decision, pay, others, asks, ...answers } = answersOf(after);
  return {
    ...(pay === undefined || after.reason === undefined ? {} : { pay }),
    ...(others ? { others } : {}),
    ...(asks ? { asks } : {}),
    ...answers,
  };
}
