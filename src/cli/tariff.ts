/** `tura tariff check`: every problem of a tariff folder, or of a feed's fare tables, in one run; and what a search finds. */
import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Command } from 'commander';
import { formatProblem, type Problem, TuraError } from '../core/error.ts';
import { reachProblems } from '../core/fare/itinerary/check-reach.ts';
import { compileItineraries } from '../core/fare/itinerary/compile.ts';
import { readFareFolder } from '../gtfs/fare-folder.ts';
import type { ReadTariff } from '../gtfs/tariff-files.ts';
import { readTariff } from '../gtfs/tariff-folder.ts';
import { nodeCrypto } from '../wire/node-crypto.ts';
import { count } from './arguments.ts';
import { colour } from './colour.ts';
import { counted } from './counted.ts';
import { createOutput, type Output } from './output.ts';
import { describeExplain } from './tariff-explain.ts';
import { DEFAULTS, type SearchOptions, searchTariff } from './tariff-search.ts';

const EXAMPLES = `
Examples:
  tura tariff check fixtures/tariffs/tyumen
  tura tariff check feed.zip                 the fare tables of a feed, without a tariff.yaml
  tura tariff check fixtures/tariffs/london-like --search    riders who pay less by a trick, as scenarios
  tura tariff explain fixtures/tariffs/tyumen --category student --at '2026-03-02 07:30'`;

export function describe(command: Command): void {
  command.addHelpText('after', EXAMPLES);
  command
    .command('check')
    .description('find everything that is wrong with a tariff folder, or with the fare tables of a feed')
    .argument('<path>', 'a folder with tariff.yaml and its Fares v2 tables, or a GTFS folder or zip')
    .option(
      '--search',
      'hunt for riders who pay less by splitting, a detour, waiting or riding more, or more by a right',
    )
    .option('--seed <n>', 'of the search: the same number finds the same', count, DEFAULTS.seed)
    .option('--tries <n>', 'outings that the search tries', count, DEFAULTS.tries)
    .option('--json', 'NDJSON on stdout: a line a problem, then a summary; a line a finding, then another')
    .addHelpText('after', EXAMPLES)
    .action(check);
  describeExplain(command);
}

interface Checked {
  /** `tyumen, revision 4 (5dd330b6d8b7)`. */
  readonly name: string;
  readonly summary: object;
  readonly problems: readonly Problem[];
  /** Of a tariff folder without errors. */
  readonly tariff?: ReadTariff;
}

interface Options extends SearchOptions {
  readonly search?: boolean;
  readonly json?: boolean;
}

async function check(path: string, options: Options, command: Command): Promise<void> {
  const isSearch = options.search === true;
  refuseSlips(path, isSearch, command);
  const output = createOutput(options.json === true);
  const found = await checked(path);
  say(output, found);
  if (isSearch && found.tariff !== undefined) await searchTariff(output, found.tariff, options);
}

function refuseSlips(path: string, isSearch: boolean, command: Command): void {
  const stray = (['seed', 'tries'] as const).find(name => command.getOptionValueSource(name) === 'cli');
  if (!isSearch && stray !== undefined)
    throw new TuraError('bad-usage', `--${stray} without a search`, { expected: '--search' });
  if (isSearch && !isTariffFolder(path))
    throw new TuraError('bad-usage', 'a feed has no taps to search', {
      expected: 'a folder with tariff.yaml',
    });
}

/** What is not there at all is looked for as a tariff folder, and missed as one. */
function isTariffFolder(path: string): boolean {
  return existsSync(join(path, 'tariff.yaml')) || !existsSync(path);
}

/** What cannot be read at all is bad input; what is read and wrong is the answer 'no'. */
async function checked(path: string): Promise<Checked> {
  if (!isTariffFolder(path)) return checkFeed(path);
  const tariff = checkedTariff(path);
  return FEED.every(file => existsSync(join(path, file)))
    ? withFeed(tariff, await feedProblems(path))
    : tariff;
}

/** With these beside it a tariff is a feed, too, by which itineraries are priced. */
const FEED = ['agency.txt', 'stops.txt', 'routes.txt'];

/** A slip in a table that both read is said once. */
function withFeed(tariff: Checked, problems: readonly Problem[]): Checked {
  const placeOf = ({ at }: Problem) => [basename(at.file), at.line, at.column].join(':');
  const said = new Set(tariff.problems.map(placeOf));
  return {
    ...tariff,
    problems: [...tariff.problems, ...problems.filter(problem => !said.has(placeOf(problem)))],
  };
}

function checkedTariff(path: string): Checked {
  try {
    return checkTariff(path);
  } catch (error) {
    if (!(error instanceof TuraError) || error.problems.length === 0) throw error;
    return { name: path, summary: {}, problems: error.problems };
  }
}

function checkTariff(path: string): Checked {
  const read = readTariff(path, nodeCrypto);
  const { tariffs, warnings } = read;
  const { tariffId, revision, hash } = read.tariff;
  return {
    name: `${tariffId}, revision ${revision} (${hash.slice(0, 12)})`,
    summary: { tariffId, revision, hash, versions: tariffs.length },
    problems: warnings,
    tariff: read,
  };
}

async function checkFeed(path: string): Promise<Checked> {
  return { name: path, summary: { feed: path }, problems: await feedProblems(path) };
}

async function feedProblems(path: string): Promise<readonly Problem[]> {
  const { tables, drafts, problems } = await readFareFolder(path);
  const compiled = compileItineraries(tables, drafts);
  const reach = compiled.fares === undefined ? [] : reachProblems(compiled.fares, tables);
  return [...problems, ...compiled.problems, ...reach];
}

function say(output: Output, { name, summary, problems }: Checked): void {
  const sorted = [...problems].sort(byPlace);
  const errors = sorted.filter(({ severity }) => severity !== 'warning').length;
  const warnings = sorted.length - errors;
  for (const problem of sorted) {
    const isWarning = problem.severity === 'warning';
    const word = isWarning ? colour.yellow('warning') : colour.red('error');
    process.stderr.write(`${word} ${formatProblem(problem)}\n`);
    output.emit({ problem: { severity: 'error', ...problem } });
  }
  const sums = [plural(errors, 'error'), plural(warnings, 'warning')].filter(text => text !== '').join(', ');
  output.say(`${name}: ${sums === '' ? 'nothing wrong' : sums}`);
  output.emit({ ...summary, errors, warnings });
  if (errors > 0) process.exitCode = 1;
}

function plural(count: number, word: string): string {
  return count === 0 ? '' : counted(count, word);
}

function byPlace({ at: a }: Problem, { at: b }: Problem): number {
  if (a.file !== b.file) return a.file < b.file ? -1 : 1;
  return (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0);
}
