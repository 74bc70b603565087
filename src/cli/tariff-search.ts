/** `tura tariff check --search`: riders who pay less by a trick, or more by a right. */
import type { ReadTariff } from '../gtfs/tariff-files.ts';
import { Random } from '../lab/random.ts';
import { MOST_FINDINGS, search } from '../lab/search/search.ts';
import { type Told, tell } from '../lab/search/told.ts';
import { worldOf } from '../lab/search/world.ts';
import { colour } from './colour.ts';
import { counted } from './counted.ts';
import type { Output } from './output.ts';
import { paced } from './paced.ts';
import { progressBar } from './progress.ts';
import { stoppable } from './signals.ts';

export interface SearchOptions {
  readonly seed: number;
  /** Outings to try. */
  readonly tries: number;
}

export const DEFAULTS: SearchOptions = { seed: 1, tries: 10_000 };

/** Findings are the answer 'no'. They are said as YAML, so that each can be cut out as a scenario. */
export async function searchTariff(
  output: Output,
  { tariffs, metres }: Pick<ReadTariff, 'tariffs' | 'metres'>,
  { seed, tries }: SearchOptions,
): Promise<void> {
  const bar = progressBar('searching');
  let [found, tried] = [0, 0];
  await stoppable(async stop => {
    for await (const step of paced(search(worldOf(tariffs, metres), tries, new Random(seed)), stop)) {
      if (step.kind === 'found') {
        found += 1;
        bar.end();
        say(output, found, tell(tariffs, step.finding));
      } else {
        tried = step.outings;
        bar.update(tried, tries, `${tried} outings, ${found} found`);
      }
    }
  });
  bar.end();
  const findings = counted(found, 'finding');
  const most = found < MOST_FINDINGS ? '' : ', and looked no further';
  output.say(`${findings} in ${tried} outings, seed ${seed}${most}`);
  output.emit({ outings: tried, seed, findings: found });
  if (found > 0) process.exitCode = 1;
}

function say(output: Output, number: number, told: Told): void {
  const { kind, why, dear, cheap } = told;
  output.say(`${colour.bold(`# ${number}. ${kind}`)}: ${why}\n${dear.scenario}---\n${cheap.scenario}---`);
  output.emit({ finding: told });
}
