/** A file of scenarios for a tariff, in YAML or in CSV. Pure. */
import type { Problem } from '../../core/error.ts';
import type { Tariff } from '../../core/tariff/tariff.ts';
import { lookUp } from './look-up.ts';
import { namesOf } from './names.ts';
import { readScenarioTable } from './read-table.ts';
import { readScenarioYaml } from './read-yaml.ts';
import type { Scenario } from './scenario.ts';

export interface ReadScenarios {
  /** Those that nothing is wrong with, in the file's order. */
  readonly scenarios: readonly Scenario[];
  readonly problems: readonly Problem[];
}

export const SCENARIO_FILE = /\.(ya?ml|csv)$/i;

export function readScenarios(text: string, file: string, tariff: Tariff): ReadScenarios {
  const read = /\.csv$/i.test(file) ? readScenarioTable(text, file) : readScenarioYaml(text, file);
  const names = namesOf(tariff);
  const found = read.written.map(written => lookUp(written, tariff, names));
  return {
    scenarios: found.flatMap(({ scenario }) => scenario ?? []),
    problems: [...read.problems, ...found.flatMap(({ problems }) => problems)],
  };
}
