/** Runs scenarios: first every tariff and file is read, then every scenario is played. */
import { basename, resolve } from 'node:path';
import type { Crypto } from '../../core/crypto.ts';
import { type Problem, TuraError } from '../../core/error.ts';
import type { Tariffs } from '../../core/tariff/versions.ts';
import { readText } from '../../disk/read-text.ts';
import type { ReadTariff } from '../../gtfs/tariff-files.ts';
import { readTariff } from '../../gtfs/tariff-folder.ts';
import { Coverage } from '../coverage/coverage.ts';
import { inventoryOf } from '../coverage/inventory.ts';
import type { Observer } from '../scenario/observer.ts';
import { playScenario } from '../scenario/play-scenario.ts';
import { readScenarios } from '../scenario/read-scenarios.ts';
import type { Scenario } from '../scenario/scenario.ts';
import { tellScenario } from '../scenario/tell-scenario.ts';
import type { SuiteFiles } from './find-suites.ts';
import {
  type BenchResult,
  coverageOf,
  type ScenarioResult,
  type StepFailure,
  type SuiteResult,
  totalsOf,
  type WrongFile,
} from './result.ts';

export interface BenchOptions {
  readonly crypto: Crypto;
  /** Milliseconds from some beginning. */
  readonly clock: () => number;
  /** Only scenarios that have it in their title, file or tariff's name. */
  readonly filter?: string | undefined;
  readonly onScenario?: (done: number, of: number) => void;
}

export function runBench(suites: readonly SuiteFiles[], options: BenchOptions): BenchResult {
  const open = suites.map(suite => openSuite(suite, options));
  const of = open.reduce((sum, suite) => sum + (suite.kind === 'open' ? suite.scenarios.length : 0), 0);
  let done = 0;
  const results = open.map((suite): SuiteResult => {
    if (suite.kind === 'broken') return suite;
    const { tariffs, scenarios, ...rest } = suite;
    const coverage = new Coverage(inventoryOf(tariffs));
    const played = scenarios.map(scenario => {
      const observer = scenario.unconfirmed ? undefined : coverage;
      const result = run(tariffs, scenario, options.clock, observer);
      done += 1;
      options.onScenario?.(done, of);
      return result;
    });
    return { ...rest, kind: 'ran', scenarios: played, counted: coverage.counted() };
  });
  return { suites: results, totals: totalsOf(results), coverage: coverageOf(results) };
}

interface OpenSuite extends Omit<Extract<SuiteResult, { kind: 'ran' }>, 'kind' | 'scenarios' | 'counted'> {
  readonly kind: 'open';
  readonly tariffs: Tariffs;
  readonly scenarios: readonly Scenario[];
}

type BrokenSuite = Extract<SuiteResult, { kind: 'broken' }>;

function openSuite({ tariff: folder, files }: SuiteFiles, options: BenchOptions): OpenSuite | BrokenSuite {
  const read = tariffIn(folder, options.crypto);
  if (Array.isArray(read)) return { kind: 'broken', folder, name: basename(resolve(folder)), problems: read };
  const { tariff, tariffs } = read;
  const name = tariff.tariffId;
  const scenarios: Scenario[] = [];
  const wrongFiles: WrongFile[] = [];
  for (const file of files) {
    const found = scenariosIn(file, read);
    scenarios.push(...found.scenarios.filter(({ title }) => isAbout(options.filter, title, file, name)));
    if (found.problems.length > 0) wrongFiles.push({ file, problems: found.problems });
  }
  return { kind: 'open', folder, name, tariff, tariffs, scenarios, wrongFiles };
}

function isAbout(filter: string | undefined, ...words: readonly string[]): boolean {
  const wanted = filter?.toLowerCase();
  return wanted === undefined || words.some(word => word.toLowerCase().includes(wanted));
}

function tariffIn(folder: string, crypto: Crypto): ReadTariff | Problem[] {
  try {
    return readTariff(folder, crypto);
  } catch (error) {
    return problemsOf(error, folder);
  }
}

function scenariosIn(file: string, { tariff }: ReadTariff) {
  try {
    const text = readText(file, 'scenarios', 'a file of YAML or CSV');
    const { scenarios, problems } = readScenarios(text, file, tariff);
    return { scenarios, problems: problems.filter(({ severity }) => severity !== 'warning') };
  } catch (error) {
    return { scenarios: [], problems: problemsOf(error, file) };
  }
}

/** One fault of the disk is one problem of the file; whatever is none of the world's is a defect. */
function problemsOf(error: unknown, file: string): Problem[] {
  if (!(error instanceof TuraError)) throw error;
  const { problems, message, expected } = error;
  if (problems.length > 0) return [...problems];
  return [{ at: { file }, what: message, ...(expected === undefined ? {} : { expected }) }];
}

function run(
  tariffs: Tariffs,
  scenario: Scenario,
  clock: () => number,
  observer: Observer | undefined,
): ScenarioResult {
  const began = clock();
  const missed = [...playScenario(tariffs, scenario, observer)]
    .map((played, index) => ({ ...played, number: index + 1 }))
    .filter(({ misses }) => misses.length > 0);
  const told = missed.length === 0 ? undefined : tellScenario(tariffs, scenario);
  const failures = missed.map(
    ({ number, step, misses, ride }): StepFailure => ({
      number,
      step,
      misses,
      told: told?.get(ride.ref) ?? [],
    }),
  );
  const verdict = scenario.unconfirmed ? 'unconfirmed' : failures.length === 0 ? 'passed' : 'failed';
  return { scenario, verdict, failures, ms: clock() - began };
}
