/** Scenarios written in a test, read and played. */
import * as assert from 'uvu/assert';
import { formatProblem } from '../../../src/core/error.ts';
import { formatAmount } from '../../../src/core/money.ts';
import { riderAmount } from '../../../src/core/record.ts';
import type { Tariff } from '../../../src/core/tariff/tariff.ts';
import { readTariff } from '../../../src/gtfs/tariff-folder.ts';
import { playScenario } from '../../../src/lab/scenario/play-scenario.ts';
import { readScenarios } from '../../../src/lab/scenario/read-scenarios.ts';
import type { Scenario } from '../../../src/lab/scenario/scenario.ts';
import { nodeCrypto } from '../../../src/wire/node-crypto.ts';

const FOLDER = `${import.meta.dirname}/../../../fixtures/tariffs`;

export function shipped(city: string): Tariff {
  return readTariff(`${FOLDER}/${city}`, nodeCrypto).tariff;
}

/** What is said of the text, a line a problem; `file` says whether it is YAML or CSV. */
export function problemsOf(text: string, tariff: Tariff, file = 'x.yaml'): string[] {
  return readScenarios(text, file, tariff).problems.map(formatProblem);
}

/** All scenarios of a text that nothing may be wrong with. */
export function scenariosOf(text: string, tariff: Tariff, file = 'x.yaml'): readonly Scenario[] {
  const { scenarios, problems } = readScenarios(text, file, tariff);
  assert.equal(problems.map(formatProblem), []);
  return scenarios;
}

/** `2: pay is 37.00, not 0.00`: what each step missed, by its number. */
export function missesOf(text: string, tariff: Tariff, file?: string): string[] {
  return scenariosOf(text, tariff, file).flatMap(scenario =>
    [...playScenario([tariff], scenario)].flatMap(({ misses }, index) =>
      misses.map(({ key, expected, actual }) => `${index + 1}: ${key} is ${actual}, not ${expected}`),
    ),
  );
}

/** `37.00 fare-paid`: what the rider pays at each step, and why; a dash where nothing is charged. */
export function paidIn(text: string, tariff: Tariff): string[] {
  return scenariosOf(text, tariff).flatMap(scenario =>
    [...playScenario([tariff], scenario)].map(({ outcome }) => {
      const lines = outcome?.parts.flatMap(part => part.lines) ?? [];
      const amount = lines.length === 0 ? '-' : formatAmount(riderAmount(lines), tariff.currency);
      return outcome === undefined ? amount : `${amount} ${outcome.reason}`;
    }),
  );
}
