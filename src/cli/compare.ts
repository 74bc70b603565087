/** `tura compare`: what a change of a tariff would have cost, over taps that were made. */
import { join } from 'node:path';
import type { Command } from 'commander';
import { formatProblem, TuraError } from '../core/error.ts';
import type { ServiceDate } from '../core/time.ts';
import { writeWhole } from '../disk/write-whole.ts';
import { readTariff } from '../gtfs/tariff-folder.ts';
import { csvOf, objectsOf } from '../lab/compare/as-files.ts';
import { compare } from '../lab/compare/compare.ts';
import type { Comparison } from '../lab/compare/comparison.ts';
import { type Both, type Side, sideOf } from '../lab/compare/sides.ts';
import { tablesOf } from '../lab/compare/tables.ts';
import { nodeCrypto } from '../wire/node-crypto.ts';
import { date } from './arguments.ts';
import { colour } from './colour.ts';
import { saySummary, summaryObject } from './compare-summary.ts';
import { createOutput, warn } from './output.ts';
import { progressBar } from './progress.ts';

interface Options {
  readonly taps: string;
  readonly html?: string;
  readonly csv?: string;
  readonly newAsOf?: ServiceDate;
  readonly json?: boolean;
}

const HELP = `
Taps are CSV or NDJSON as for 'tura fare taps', in any order; while they are rated a copy of them, sorted by card, takes as
much room again among temporary files (TMPDIR). Either tariff rates a tap by its version of that day; --new-as-of says
which version of the new one is meant, such as one that is not in force yet.

Examples:
  tura compare fixtures/tariffs/tyumen my-tariff --taps march.csv
  tura compare fixtures/tariffs/tyumen my-tariff --taps march.csv --html report.html --csv report/
  tura compare fixtures/tariffs/tyumen my-tariff --taps march.csv --new-as-of 2026-07-01`;

export function describe(command: Command): void {
  command
    .argument('<old>', 'a tariff folder')
    .argument('<new>', 'the same, changed')
    .requiredOption('--taps <file>', 'the taps, in CSV or NDJSON')
    .option('--html <file>', 'write a page that stands alone')
    .option('--csv <dir>', 'write every table as a file')
    .option('--new-as-of <date>', "rate every tap by the new tariff's version of this day", date)
    .option('--json', 'NDJSON on stdout: a line for each row of every table, then a summary')
    .addHelpText('after', HELP)
    .action(run);
}

async function run(old: string, fresh: string, options: Options): Promise<void> {
  const output = createOutput(options.json === true);
  const sides = readSides(old, fresh, options);
  const comparison = await compareShown(options.taps, sides);
  const tables = tablesOf(comparison);
  for (const table of tables) for (const row of objectsOf(table, comparison.currency)) output.emit(row);
  output.emit(summaryObject(comparison));
  saySummary(output, comparison);
  if (options.csv !== undefined) {
    for (const table of tables)
      writeWhole(join(options.csv, `${table.name}.csv`), csvOf(table, comparison.currency), 'the table');
  }
  if (options.html !== undefined) {
    const { pageOf } = await import('../lab/compare/page/page.ts');
    writeWhole(options.html, pageOf(comparison, nodeCrypto), 'the page');
  }
  sayLeftOut(comparison);
}

function readSides(old: string, fresh: string, { taps, newAsOf }: Options): Both<Side> {
  if (taps === '-') {
    const what = 'several processes read the taps, and standard input can be read once';
    throw new TuraError('bad-usage', what, { expected: 'the name of a file' });
  }
  const [before, after] = [readTariff(old, nodeCrypto), readTariff(fresh, nodeCrypto)];
  warn([...before.warnings, ...after.warnings]);
  return [sideOf(old, before), sideOf(fresh, after, newAsOf)];
}

async function compareShown(file: string, sides: Both<Side>): Promise<Comparison> {
  const bars = { sorting: progressBar('sorting'), rating: progressBar('rating') };
  try {
    return await compare(file, sides, (stage, done, total) => {
      if (stage === 'rating') bars.sorting.end();
      bars[stage].update(done, total, `of ${stage === 'sorting' ? mebibytes(total) : lines(total)}`);
    });
  } finally {
    bars.sorting.end();
    bars.rating.end();
  }
}

const mebibytes = (bytes: number) => `${Math.round(bytes / 2 ** 20)} MiB`;
const lines = (count: number) => `${count.toLocaleString('en')} lines`;

/** The rest was compared all the same; the exit code says that it is not all. */
function sayLeftOut({ problems, counts }: Comparison): void {
  for (const problem of problems) {
    const isWarning = problem.severity === 'warning';
    const word = isWarning ? colour.yellow('warning') : colour.red('left out');
    process.stderr.write(`${word} ${formatProblem(problem)}\n`);
  }
  if (counts.leftOut > 0) process.exitCode = 2;
}
