/** `tura bench --suggest`: scenarios for what no scenario touches, written beside the others, to be confirmed. */
import { existsSync } from 'node:fs';
import { join, relative } from 'node:path';
import { writeWhole } from '../disk/write-whole.ts';
import { readTariff } from '../gtfs/tariff-folder.ts';
import type { BenchResult, SuiteResult } from '../lab/bench/result.ts';
import { inventoryOf } from '../lab/coverage/inventory.ts';
import { Random } from '../lab/random.ts';
import { worldOf } from '../lab/search/world.ts';
import { type Gaps, gapsOf } from '../lab/suggest/gap.ts';
import { type Suggestion, suggest } from '../lab/suggest/suggest.ts';
import { nodeCrypto } from '../wire/node-crypto.ts';
import { colour } from './colour.ts';
import { counted } from './counted.ts';
import type { Output } from './output.ts';
import { paced } from './paced.ts';
import { progressBar } from './progress.ts';
import { stoppable } from './signals.ts';

/** Drafts looked at a tariff, unless all gaps are closed before. */
const DRAFTS = 20_000;

/** Ctrl-C keeps what is written. */
export async function suggestScenarios(output: Output, { suites }: BenchResult, seed: number): Promise<void> {
  await stoppable(async stop => {
    for (const suite of suites) {
      if (stop.aborted) return;
      if (suite.kind === 'ran') await suggestFor(output, suite, seed, stop);
    }
  });
}

type Ran = Extract<SuiteResult, { kind: 'ran' }>;

async function suggestFor(output: Output, suite: Ran, seed: number, stop: AbortSignal): Promise<void> {
  const { name, folder, counted, scenarios } = suite;
  const { tariffs, metres } = readTariff(folder, nodeCrypto);
  const inventory = inventoryOf(tariffs);
  const waiting = scenarios.flatMap(({ scenario }) => (scenario.unconfirmed ? [scenario] : []));
  const gaps = gapsOf(tariffs, inventory, counted, waiting);
  const bar = progressBar(name);
  const written: string[] = [];
  let left: Gaps = gaps;
  const steps = suggest(worldOf(tariffs, metres), inventory, gaps, DRAFTS, new Random(seed));
  for await (const step of paced(steps, stop)) {
    if (step.kind === 'suggestion') written.push(write(join(folder, SUGGESTED), step.suggestion));
    else left = step.left;
    if (step.kind === 'tried')
      bar.update(step.drafts, DRAFTS, `${written.length} scenarios, ${left.size} of ${gaps.size} gaps left`);
  }
  bar.end();
  say(output, suite, written, left);
}

/** One folder that a person works through. */
const SUGGESTED = 'scenarios/suggested';

/** Never over what stands there already. */
function write(folder: string, { gap, text }: Suggestion): string {
  const name = gap.name.replaceAll(/[^\p{L}\p{N}]+/gu, '-').replaceAll(/^-|-$/g, '');
  let file = join(folder, `${name}.yaml`);
  for (let nth = 2; existsSync(file); nth++) file = join(folder, `${name}-${nth}.yaml`);
  writeWhole(file, text, 'scenario');
  return relative('', file);
}

function say(output: Output, { name, folder }: Ran, written: readonly string[], left: Gaps): void {
  const files = counted(written.length, 'scenario');
  const said =
    written.length === 0 ? 'no scenario to suggest' : `${files} written into ${join(folder, SUGGESTED)}`;
  output.say(`\n${colour.bold(name)}: ${said}`);
  if (written.length > 0) output.say("  read each: where the answer is right, remove 'unconfirmed: true'");
  for (const { name: gap, at } of left.values())
    output.say(`  ${colour.yellow('nothing found for')} ${gap} ${colour.dim(at)}`);
  output.emit({ tariff: name, suggested: written, left: [...left.values()].map(gap => gap.name) });
}
