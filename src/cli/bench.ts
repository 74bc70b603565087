/** `tura bench`: run fare scenarios as a test runner runs tests. */
import { relative } from 'node:path';
import { type Command, Option } from 'commander';
import { TuraError } from '../core/error.ts';
import { writeWhole } from '../disk/write-whole.ts';
import { findSuites, findTariffs, type SuiteFiles } from '../lab/bench/find-suites.ts';
import { junitOf } from '../lab/bench/junit.ts';
import type { BenchResult } from '../lab/bench/result.ts';
import { runBench } from '../lab/bench/run-bench.ts';
import { Watch } from '../lab/bench/watch.ts';
import { watchFolder } from '../lab/bench/watch-folder.ts';
import { systemTimers } from '../onboard/timers.ts';
import { nodeCrypto } from '../wire/node-crypto.ts';
import { count, folder, percentage } from './arguments.ts';
import { mutateTariffs, provedTariffs } from './bench-mutate.ts';
import { sayResult, saySummary } from './bench-report.ts';
import { suggestScenarios } from './bench-suggest.ts';
import { colour } from './colour.ts';
import { createOutput, type Output, sayFault } from './output.ts';
import { progressBar } from './progress.ts';
import { SHIPPED_TARIFFS } from './shipped.ts';
import { stoppable, untilStopped } from './signals.ts';

interface Options {
  readonly tariff?: string;
  readonly filter?: string;
  readonly watch?: boolean;
  readonly junit?: string;
  readonly coverage?: boolean;
  readonly minCoverage?: number;
  readonly mutate?: boolean;
  readonly sample?: number;
  readonly suggest?: boolean;
  readonly seed?: number;
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
  tura bench my-tariff --mutate                      which changes of it nobody would notice
  tura bench my-tariff --suggest                     a scenario for whatever none touches yet
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
    .addOption(
      onceOnly(
        '--suggest',
        'write scenarios for what none of a tariff touches, with what they come to today, to be confirmed',
      ).conflicts(['filter', 'tariff']),
    )
    .addOption(
      onceOnly('--mutate', 'change the tariff one thing at a time: which changes no scenario notices'),
    )
    .addOption(
      new Option('--sample <n>', 'with --mutate: only so many changes of a tariff')
        .argParser(count)
        .implies({ mutate: true }),
    )
    .option('--seed <n>', 'of --sample: which ones; of --suggest: what is tried (default: 1)', count)
    .option('--junit <file>', 'write a report in JUnit XML')
    .option('--json', 'NDJSON on stdout: a line a scenario, then the totals')
    .addHelpText('after', HELP)
    .action(async (paths: string[], options: Options) => {
      const output = createOutput(options.json === true);
      const run = () => bench(paths, options, output);
      if (options.watch === true) {
        const whole = () => finish(run(), options, output);
        await stoppable(stop => runAtEachSave(whole, output, stop));
        return;
      }
      const ran = run();
      await askFurther(ran.result, options, output);
      finish(ran, options, output);
    });
}

/** It takes long, and whoever watches asks for it at every save. */
function onceOnly(flag: string, description: string): Option {
  return new Option(flag, description).conflicts('watch');
}

interface Ran {
  readonly suites: readonly SuiteFiles[];
  readonly result: BenchResult;
  readonly seconds: number;
}

/** Of what fails as it stands no change could be told. */
async function askFurther(result: BenchResult, options: Options, output: Output): Promise<void> {
  const { mutate, suggest, sample, seed = 1 } = options;
  if (suggest === true) await suggestScenarios(output, result, seed);
  if (mutate !== true) return;
  const { failed, wrongFiles } = result.totals;
  if (failed + wrongFiles > 0) {
    output.say(`\n${UNCHANGED}`);
    output.emit({ unchanged: UNCHANGED });
    return;
  }
  output.say('');
  await mutateTariffs(output, provedTariffs(result), { seed, ...(sample === undefined ? {} : { sample }) });
}

const UNCHANGED = 'nothing is changed before all scenarios pass';

/** The totals last, whatever else was asked for. */
function finish({ suites, result, seconds }: Ran, { minCoverage = 0 }: Options, output: Output) {
  const { totals, coverage } = result;
  const isLow = Math.min(coverage.rules, coverage.boundaries) < minCoverage;
  saySummary(output, result, seconds);
  if (isLow) output.say(`less than the ${minCoverage} % that is asked for`);
  if (totals.wrongFiles > 0) process.exitCode = 2;
  else if (totals.failed > 0 || isLow) process.exitCode = 1;
  return suites;
}

function bench(paths: readonly string[], options: Options, output: Output): Ran {
  const { filter, junit } = options;
  const suites = suitesAt(paths, options);
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
  const { scenarios, wrongFiles } = result.totals;
  if (filter !== undefined && scenarios + wrongFiles === 0) {
    const expected = 'a part of a title, a file or a tariff';
    throw new TuraError('bad-usage', `no scenario has '${filter}' in its name`, { expected });
  }
  sayResult(output, result, options.coverage === true);
  if (junit !== undefined) writeWhole(junit, junitOf(result, seconds), 'report');
  return { suites, result, seconds };
}

/** What is suggested for a tariff depends on all its scenarios, and is written beside them: not into those that ship. */
function suitesAt(paths: readonly string[], { tariff, suggest }: Options): readonly SuiteFiles[] {
  if (suggest !== true) {
    const own = tariff === undefined ? relative('', SHIPPED_TARIFFS) : tariff;
    return findSuites(paths.length > 0 ? paths : [own], { tariff });
  }
  if (paths.length > 0) return findTariffs(paths);
  const expected = "a tariff's folder: tura bench my-tariff --suggest";
  throw new TuraError('bad-usage', '--suggest without a tariff', { expected });
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
    // The answer is that of the last run.
    process.exitCode = undefined;
    try {
      watch.over(run());
    } catch (error) {
      process.exitCode = sayFault(error, output);
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
