/** Saves of tariffs and scenarios, as an editor makes them. */
import { basename } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { Watch, type WatchFolder } from '../../../src/lab/bench/watch.ts';
import { clockwork } from '../../onboard/clockwork.ts';

const SUITES = [
  { tariff: 'a', files: ['a/scenarios/one.yaml', 'a/scenarios/more/two.csv'] },
  { tariff: 'b', files: ['elsewhere/three.yaml'] },
];

/** Folders that change when a test says so. */
function bench() {
  const watched = new Map<string, (name: string) => void>();
  const watchFolder: WatchFolder = (folder, onChange) => {
    watched.set(folder, onChange);
    return () => watched.delete(folder);
  };
  const timers = clockwork();
  const saves: string[] = [];
  const watch = new Watch(watchFolder, timers, files => saves.push(files.join(' ')));
  watch.over(SUITES);
  const write = (file: string) => watched.get(file.slice(0, file.lastIndexOf('/')))?.(basename(file));
  return { watch, watched, timers, saves, write };
}

test('tariff folders are watched, and every folder that holds scenarios', () => {
  assert.equal([...bench().watched.keys()].sort(), [
    'a',
    'a/scenarios',
    'a/scenarios/more',
    'b',
    'elsewhere',
  ]);
});

test('all that is written within a moment is one save', () => {
  const { timers, saves, write } = bench();
  for (const file of ['a/tariff.yaml', 'a/tariff.yaml', 'a/scenarios/one.yaml']) write(file);
  assert.equal(saves, []);
  timers.pass(100);
  assert.equal(saves, ['a/scenarios/one.yaml a/tariff.yaml']);
  write('b/fare_products.txt');
  timers.pass(100);
  assert.equal(saves.slice(1), ['b/fare_products.txt']);
});

test('somebody who writes without end puts nothing off', () => {
  const { timers, saves, write } = bench();
  for (let written = 0; written < 10; written++) {
    write('a/tariff.yaml');
    timers.pass(50);
  }
  assert.is(saves.length, 5);
});

test("an editor's own files, and what no tariff is made of, are no save", () => {
  const { timers, saves, write } = bench();
  for (const name of ['.tariff.yaml.swp', '#tariff.yaml#', '~tariff.yaml', 'tariff.yaml~', '4913', 'read.md'])
    write(`a/${name}`);
  timers.pass(1000);
  assert.equal(saves, []);
});

test('from now on other folders: those that are gone are let go', () => {
  const { watch, watched } = bench();
  watch.over(SUITES.slice(1));
  assert.equal([...watched.keys()].sort(), ['b', 'elsewhere']);
});

test('closed, it watches nothing and tells no save that was just made', () => {
  const { watch, watched, timers, saves, write } = bench();
  write('a/tariff.yaml');
  watch.close();
  timers.pass(1000);
  assert.equal([watched.size, saves], [0, []]);
});

test.run();
