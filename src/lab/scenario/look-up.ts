/** What a scenario says, looked up in the tariff it is about: names, moments and amounts, or all that is wrong. */
import type { Problem } from '../../core/error.ts';
import type { Tariff } from '../../core/tariff/tariff.ts';
import { yesOrNo } from './cells.ts';
import { cardOf } from './look-up-card.ts';
import { stepsOf } from './look-up-step.ts';
import { Looking } from './looking.ts';
import type { Names } from './names.ts';
import type { Scenario } from './scenario.ts';
import type { WrittenScenario } from './written.ts';

/** More than anybody reads aloud. */
const MOST_STEPS = 10_000;

/** Without a scenario where there is a problem. */
export function lookUp(
  written: WrittenScenario,
  tariff: Tariff,
  names: Names,
): { readonly scenario?: Scenario; readonly problems: readonly Problem[] } {
  const looking = new Looking(tariff, names, written);
  const { scenario: title, source, unconfirmed, unnoticed = [], steps } = written;
  if (steps.length > MOST_STEPS) looking.wrong([], `${steps.length} steps`, `at most ${MOST_STEPS}`);
  const cards = cardsOf(looking, written);
  const scenario: Scenario = {
    title,
    source,
    at: written.positionOf([]),
    unconfirmed: looking.cell(['unconfirmed'], unconfirmed, yesOrNo) ?? false,
    unnoticed,
    cards,
    steps: stepsOf(looking, written, cards),
  };
  const { problems } = looking;
  return problems.length === 0 ? { scenario, problems } : { problems };
}

/** Whoever names no card means the only one, which need not be written at all. */
function cardsOf(looking: Looking, { card, cards = {} }: WrittenScenario): Scenario['cards'] {
  const named = Object.entries(cards).map(
    ([name, written]) => [name, cardOf(looking, ['cards', name], written)] as const,
  );
  const isThere = card !== undefined || named.length === 0;
  const only = isThere ? [['', cardOf(looking, ['card'], card ?? {})] as const] : [];
  return Object.fromEntries([...only, ...named]);
}
