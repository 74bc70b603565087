/** The bench's own speed: outings that are searched in a second, and mutants compiled by what was read before. */
import { fileURLToPath } from 'node:url';
import { Readings } from '../../src/gtfs/readings.ts';
import { readTariffFiles } from '../../src/gtfs/tariff-files.ts';
import { readTariff, readTariffTexts } from '../../src/gtfs/tariff-folder.ts';
import { type TariffTexts, withMutant } from '../../src/lab/mutate/mutant.ts';
import { mutantsOf } from '../../src/lab/mutate/mutants.ts';
import { sampled } from '../../src/lab/mutate/sample.ts';
import { Random } from '../../src/lab/random.ts';
import { search } from '../../src/lab/search/search.ts';
import { worldOf } from '../../src/lab/search/world.ts';
import { nodeCrypto } from '../../src/wire/node-crypto.ts';
import type { Figure } from './figure.ts';

const TRIES = 5_000;
const MUTANTS = 60;
const GOAL = 2_000;

export async function figures(): Promise<readonly Figure[]> {
  return [searched('tyumen'), searched('london-like'), searched('netherlands-like'), mutated('london-like')];
}

function folderOf(city: string): string {
  return fileURLToPath(new URL(`../../fixtures/tariffs/${city}`, import.meta.url));
}

/** Of this process alone, in milliseconds: the machine may be busy with others. */
function processorMs(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

/** With every trick of every outing, and what is found made small. */
function searched(city: string): Figure {
  const { tariffs, metres } = readTariff(folderOf(city), nodeCrypto);
  const world = worldOf(tariffs, metres);
  const secondsFor = (tries: number) =>
    processorMs(() => {
      for (const _ of search(world, tries, new Random(1)));
    }) / 1000;
  secondsFor(TRIES / 10);
  const value = TRIES / secondsFor(TRIES);
  return {
    figure: `outings searched: ${city}`,
    value,
    unit: '/s',
    goal: `at least ${GOAL.toLocaleString('en')}`,
    peer: 'the goal itself',
    ratio: value / GOAL,
    met: value >= GOAL,
  };
}

/** Of the tables, which are most of a tariff's mutants. */
function mutated(city: string): Figure {
  const files = readTariffTexts(folderOf(city));
  const ofTables = mutantsOf(files).filter(({ at }) => at.file !== 'tariff.yaml');
  const texts = sampled(ofTables, MUTANTS, new Random(1)).map(mutant => withMutant(files, mutant));
  const readings = new Readings();
  const millisecondsBy = (compile: (one: TariffTexts) => void) =>
    processorMs(() => {
      for (const one of texts) attempt(() => compile(one));
    }) / texts.length;
  const whole = (one: TariffTexts) => readTariffFiles(one, city, nodeCrypto);
  const changed = (one: TariffTexts) => readTariffFiles(one, city, nodeCrypto, readings);
  for (const compile of [whole, changed]) millisecondsBy(compile);
  const [anew, value] = [millisecondsBy(whole), millisecondsBy(changed)];
  return {
    figure: `a table's mutant compiled: ${city}`,
    value,
    unit: 'ms',
    goal: 'at least 1.5 x faster',
    peer: `the folder read whole: ${anew.toFixed(1)} ms`,
    ratio: anew / value,
    met: anew / value >= 1.5,
  };
}

/** Some mutants are no tariff any more. */
function attempt(work: () => void): void {
  try {
    work();
  } catch {}
}
