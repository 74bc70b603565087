/** `tura bench --mutate`: one change of a tariff at a time, and those that no scenario notices. */
import { formatPosition } from '../core/error.ts';
import type { Tariffs } from '../core/tariff/versions.ts';
import { readTariffTexts } from '../gtfs/tariff-folder.ts';
import type { BenchResult } from '../lab/bench/result.ts';
import { changeText, type Mutant, type TariffTexts } from '../lab/mutate/mutant.ts';
import { mutantsOf } from '../lab/mutate/mutants.ts';
import { type Fate, judgeMutants, type Passes } from '../lab/mutate/run-mutants.ts';
import { sampled } from '../lab/mutate/sample.ts';
import { explainSurvivors, type Unnoticed } from '../lab/mutate/unnoticed.ts';
import { Random } from '../lab/random.ts';
import { passes } from '../lab/scenario/play-scenario.ts';
import { nodeCrypto } from '../wire/node-crypto.ts';
import { colour } from './colour.ts';
import type { Output } from './output.ts';
import { paced } from './paced.ts';
import { progressBar } from './progress.ts';
import { stoppable } from './signals.ts';

/** A tariff that compiles, and its scenarios, all of which pass. */
export interface ProvedTariff {
  /** As it is said: its folder. */
  readonly name: string;
  readonly files: TariffTexts;
  readonly scenarios: readonly { readonly passes: Passes; readonly unnoticed?: readonly Unnoticed[] }[];
}

/** Scenarios that wait for a person prove nothing yet. */
export function provedTariffs({ suites }: BenchResult): readonly ProvedTariff[] {
  return suites.flatMap(suite => {
    if (suite.kind === 'broken') return [];
    const scenarios = suite.scenarios.flatMap(({ scenario }) =>
      scenario.unconfirmed
        ? []
        : [{ passes: (tariffs: Tariffs) => passes(tariffs, scenario), unnoticed: scenario.unnoticed }],
    );
    return [{ name: suite.folder, files: readTariffTexts(suite.folder), scenarios }];
  });
}

export interface MutateOptions {
  /** At most so many mutants a tariff; absent: all. */
  readonly sample?: number;
  readonly seed: number;
}

type Count = Record<Fate | 'mutants' | 'explained', number>;

/** Survivors that nobody has explained are the answer 'no'. Ctrl-C ends with what is known. */
export async function mutateTariffs(
  output: Output,
  tariffs: readonly ProvedTariff[],
  options: MutateOptions,
): Promise<void> {
  const total = noCount();
  await stoppable(async stop => {
    for (const tariff of tariffs) {
      if (stop.aborted) break;
      const count = await mutateTariff(output, tariff, options, stop);
      for (const key of keysOf(total)) total[key] += count[key];
    }
  });
  output.emit(total);
  if (total.survived > 0) process.exitCode = 1;
}

async function mutateTariff(
  output: Output,
  { name, files, scenarios }: ProvedTariff,
  { sample, seed }: MutateOptions,
  stop: AbortSignal,
): Promise<Count> {
  const all = mutantsOf(files);
  const mutants = sample === undefined ? all : sampled(all, sample, new Random(seed));
  const count = noCount();
  const survivors: Mutant[] = [];
  const passes = scenarios.map(scenario => scenario.passes);
  const told = estimated(name, mutants.length);
  for await (const { mutant, fate } of paced(judgeMutants(files, mutants, passes, nodeCrypto), stop)) {
    count.mutants += 1;
    count[fate] += 1;
    if (fate === 'survived') survivors.push(mutant);
    told.update(count.mutants);
  }
  told.end();
  const unnoticed = scenarios.flatMap(scenario => scenario.unnoticed ?? []);
  const { unexplained, explained, idle } = explainSurvivors(survivors, unnoticed);
  count.survived = unexplained.length;
  count.explained = explained.length;
  for (const mutant of unexplained) saySurvivor(output, name, mutant);
  for (const { mutant, why } of explained)
    output.emit({ tariff: name, fate: 'explained', ...said(mutant), why });
  // Of a part nobody can tell what the rest would have needed.
  if (count.mutants === all.length) for (const { change } of idle) sayIdle(output, name, change);
  const isPart = count.mutants < all.length;
  output.say(`${name}: ${summary(count)}${isPart ? `; ${all.length} in all` : ''}`);
  output.emit({ tariff: name, ...count, ...(isPart ? { of: all.length } : {}) });
  return count;
}

function noCount(): Count {
  return { mutants: 0, stillborn: 0, same: 0, killed: 0, survived: 0, explained: 0 };
}

function keysOf(count: Count): readonly (keyof Count)[] {
  return Object.keys(count) as (keyof Count)[];
}

function estimated(name: string, of: number) {
  const bar = progressBar(name);
  const startedMs = performance.now();
  return {
    update(done: number): void {
      const leftS = Math.ceil((((performance.now() - startedMs) / done) * (of - done)) / 1000);
      bar.update(done, of, `${done} of ${of} mutants, about ${leftS} s left`);
    },
    end: () => bar.end(),
  };
}

/** `tariff.yaml:31:12  caps.0.limit.amount  8.90 -> 8.91  no scenario notices`. */
function saySurvivor(output: Output, tariff: string, mutant: Mutant): void {
  const { at, path, from, to } = mutant;
  const place = formatPosition({ ...at, file: `${tariff}/${at.file}` });
  output.say(`${place}  ${path}  ${from} -> ${to}  ${colour.red('no scenario notices')}`);
  output.emit({ tariff, fate: 'survived', ...said(mutant) });
}

function said(mutant: Mutant): object {
  const { at, path, from, to } = mutant;
  return { ...at, path, from, to, change: changeText(mutant) };
}

function sayIdle(output: Output, tariff: string, change: string): void {
  process.stderr.write(`${colour.yellow('warning')} ${tariff}: this explains nothing: ${change}\n`);
  output.emit({ tariff, explainsNothing: change });
}

function summary({ mutants, stillborn, same, killed, survived, explained }: Count): string {
  return `${mutants} mutants: ${killed} noticed, ${survived} not, ${explained} explained; ${stillborn} no tariff, ${same} no change`;
}
