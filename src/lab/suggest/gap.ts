/** What of a tariff no scenario touches yet, and what one more scenario would touch of it. */
import type { Tariffs } from '../../core/tariff/versions.ts';
import { type Counted, Coverage } from '../coverage/coverage.ts';
import type { Inventory } from '../coverage/inventory.ts';
import { playScenario } from '../scenario/play-scenario.ts';
import type { Scenario } from '../scenario/scenario.ts';

/** By a name that only it has. */
export type Gaps = ReadonlyMap<string, Counted>;

/** Without what scenarios touch that still wait for a person. */
export function gapsOf(
  tariffs: Tariffs,
  inventory: Inventory,
  counted: readonly Counted[],
  unconfirmed: readonly Scenario[],
): Gaps {
  const untouched = counted.filter(({ times }) => times === 0);
  const gaps = new Map(untouched.map(one => [nameOf(one), one]));
  for (const scenario of unconfirmed)
    for (const name of touchedBy(tariffs, inventory, scenario, gaps)) gaps.delete(name);
  return gaps;
}

/** Names of those of the gaps that the scenario closes. */
export function touchedBy(
  tariffs: Tariffs,
  inventory: Inventory,
  scenario: Scenario,
  gaps: Gaps,
): readonly string[] {
  const coverage = new Coverage(inventory);
  for (const _ of playScenario(tariffs, scenario, coverage));
  return coverage
    .counted()
    .filter(({ times }) => times > 0)
    .map(nameOf)
    .filter(name => gaps.has(name));
}

function nameOf({ kind, name }: Counted): string {
  return `${kind} ${name}`;
}
