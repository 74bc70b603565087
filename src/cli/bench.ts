/** `tura bench`: run fare scenarios as a test runner runs tests. */
import { relative } from 'node:path';
import type { Command } from 'commander';
import { TuraError } from '../core/error.ts';
import { findSuites, type SuiteFiles } from '../lab/bench/find-suites.ts';
import { junitOf } from '../lab/bench/junit.ts';
import { runBench } from '../lab/bench/run-bench.ts';
import { Watch } from '../lab/bench/watch.ts';
import { watchFolder } from '../lab/bench/watch-folder.ts';
import { systemTimers } from '../onboard/timers.ts';
import { nodeCrypto } from '../wire/node-crypto.ts';
import { folder, percentage } from './arguments.ts';
import { sayResult } from './bench-report.ts';
import { colour } from './colour.ts';
import { createOutput, type Output, sayFault } from './output.ts';
import { progressBar } from './progress.ts';
import { SHIPPED_TARIFFS } from './shipped.ts';
import { stoppable, untilStopped } from './signals.ts';
import { writeReport } from './write-report.ts';

interface Options {
  readonly tariff?: string;
  readonly filter?: string;
  readonly watch?: boolean;
  readonly junit?: string;
  readonly coverage?: boolean;
  readonly minCoverage?: number;
  readonly json?: boolean;
}

const HELP = `
A scenario is a file of YAML, or rows of a CSV file, in the folder 'scenarios' beside tariff.yaml:
  scenario: Pupils pay 20 % of the cash fare
  card: { category: pupil }
  steps:
    - { at: 2026-03-02 07:30, pay: 8.40, reason: concession, quota: 43 }

Examples:
  tura bench                                         every tariff that ships
  tura bench my-tariff --watch                       again at every save
  tura bench my-tariff --coverage --min-coverage 100
  tura bench my-tariff/scenarios/transfer.yaml
  tura bench old-tariff --tariff new-tariff          the scenarios of one under another
  tura bench my-tariff --junit report.xml --json`;

export function describe(command: Command): void {
  command
    .argument('[scenarios...]', 'scenario files, folders of them, tariff folders (default: all that ship)')
    .option('--tariff <dir>', 'the tariff they are about, instead of the one they stand beside', folder)
    .option('--filter <text>', 'only those with this in their title, file or tariff')
    .option('--watch', 'run again whenever a tariff or a scenario is saved; Ctrl-C ends')
    .option('--coverage', 'how often each rule, product and side of a limit decided, and what never did')
    .option('--min-coverage <percent>', 'less than this of rules or of limits is a failure', percentage)
    .option('--junit <file>', 'write a report in JUnit XML')
    .option('--json', 'NDJSON on stdout: a line a scenario, then the totals')
    .addHelpText('after', HELP)
    .action(async (paths: string[], options: Options) => {
      const output = createOutput(options.json === true);
      const run = () => bench(paths, options, output);
      if (options.watch === true) await stoppable(stop => runAtEachSave(run, output, stop));
      else run();
    });
}

function bench(paths: readonly string[], options: Options, output: Output): readonly SuiteFiles[] {
  const { tariff, filter, junit } = options;
  const own = tariff === undefined ? relative('', SHIPPED_TARIFFS) : tariff;
  const suites = findSuites(paths.length > 0 ? paths : [own], tariff);
  const bar = progressBar('scenarios');
  const began = performance.now();
  const result = runBench(suites, {
    crypto: nodeCrypto,
    clock: () => performance.now(),
    filter,
    onScenario: (done, of) => bar.update(done, of, `${done} of ${of}`),
  });
  const seconds = (performance.now() - began) / 1000;
  bar.end();
  const { scenarios, failed, wrongFiles } = result.totals;
  if (filter !== undefined && scenarios + wrongFiles === 0) {
    const expected = 'a part of a title, a file or a tariff';
    throw new TuraError('bad-usage', `no scenario has '${filter}' in its name`, { expected });
  }
  sayResult(output, result, seconds, options.coverage === true);
  if (junit !== undefined) writeReport(junit, junitOf(result, seconds));
  const { rules, boundaries } = result.coverage;
  const isLow = Math.min(rules, boundaries) < (options.minCoverage ?? 0);
  if (isLow) output.say(`less than the ${options.minCoverage} % that is asked for`);
  process.exitCode = wrongFiles > 0 ? 2 : failed > 0 || isLow ? 1 : 0;
  return suites;
}

/** Whatever is wrong with what was saved is said, and mended by the next save. */
async function runAtEachSave(
  run: () => readonly SuiteFiles[],
  output: Output,
  stop: AbortSignal,
): Promise<void> {
  // The first run may refuse: there would be nothing to watch.
  const first = run();
  const watch = new Watch(watchFolder, systemTimers, files => {
    output.say(`\n${colour.bold('saved')} ${files.join(', ')}\n`);
    try {
      watch.over(run());
    } catch (error) {
      sayFault(error, output);
    }
    output.say(WAITING);
  });
  watch.over(first);
  output.say(WAITING);
  try {
    await untilStopped(stop);
  } finally {
    watch.close();
  }
}

const WAITING = 'Waiting for a save; Ctrl-C ends.';
