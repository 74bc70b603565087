/** A file of scenarios for a tariff, in YAML or in CSV. Pure. */
import type { Problem } from '../../core/error.ts';
import type { Tariff } from '../../core/tariff/tariff.ts';
import { LookUp } from './look-up.ts';
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
  const lookUps = read.written.map(written => new LookUp(written, tariff, names));
  const scenarios = lookUps.flatMap(lookUp => lookUp.scenario() ?? []);
  return { scenarios, problems: [...read.problems, ...lookUps.flatMap(({ problems }) => problems)] };
}
