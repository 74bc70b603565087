/** Paths as people name them, and the scenarios they lead to. */
import { join, relative } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { TuraError } from '../../../src/core/error.ts';
import { findSuites } from '../../../src/lab/bench/find-suites.ts';
import { cityIn, ride, withFiles } from './folders.ts';

const FILES = {
  ...cityIn('a', { 'one.yaml': ride('1', '1.00'), 'more/two.csv': 'scenario,at\n', 'read.me': '' }),
  ...cityIn('b', { 'three.yml': ride('3', '1.00') }),
  ...cityIn('empty', {}),
  'elsewhere/four.yaml': ride('4', '1.00'),
  'cards.yaml': 'cards: []\n',
};

/** `a: one.yaml more/two.csv`: each tariff and its files, as the folder sees them. */
function found(paths: readonly string[], tariff?: string): string[] {
  return withFiles(FILES, folder => {
    const at = (path: string) => join(folder, path);
    const suites = findSuites(paths.map(at), tariff === undefined ? undefined : at(tariff));
    return suites.map(
      ({ tariff: of, files }) =>
        `${relative(folder, of)}: ${files.map(file => relative(folder, file)).join(' ')}`,
    );
  });
}

function refused(...paths: readonly string[]): string {
  try {
    found(paths);
  } catch (error) {
    if (error instanceof TuraError) return error.message.replaceAll(/\/\S*\/tura-[^/]+\//g, '');
  }
  throw new Error('nothing was refused');
}

const FOUND: readonly [what: string, paths: string[], tariff: string | undefined, suites: string[]][] = [
  [
    'a tariff folder has them in scenarios/',
    ['a'],
    undefined,
    ['a: a/scenarios/more/two.csv a/scenarios/one.yaml'],
  ],
  ['a file is about the tariff above it', ['a/scenarios/one.yaml'], undefined, ['a: a/scenarios/one.yaml']],
  ['so is a folder of them', ['a/scenarios/more'], undefined, ['a: a/scenarios/more/two.csv']],
  [
    'a folder of tariffs has those of each, and passes by what is about none',
    [''],
    undefined,
    ['a: a/scenarios/more/two.csv a/scenarios/one.yaml', 'b: b/scenarios/three.yml'],
  ],
  ['a file elsewhere needs to be told its tariff', ['elsewhere/four.yaml'], 'b', ['b: elsewhere/four.yaml']],
  ['the scenarios of one tariff may be run under another', ['b'], 'a', ['a: b/scenarios/three.yml']],
  ['the settings mean their tariff', ['b/tariff.yaml'], undefined, ['b: b/scenarios/three.yml']],
  ['a file named twice is run once', ['b', 'b/scenarios/three.yml'], undefined, ['b: b/scenarios/three.yml']],
];

for (const [what, paths, tariff, suites] of FOUND) {
  test(what, () => assert.equal(found(paths, tariff), suites));
}

test('every path that leads to no scenario is told at once', () => {
  const says = refused('aa', 'empty', 'a/scenarios/read.me', 'elsewhere/four.yaml');
  assert.equal(says.split('\n'), [
    "aa: nothing is here (expected 'a')",
    "empty: no scenarios here (expected *.yaml or *.csv in a folder 'scenarios' beside tariff.yaml)",
    'a/scenarios/read.me: no file of scenarios (expected .yaml, .yml or .csv)',
    'elsewhere/four.yaml: no tariff.yaml in its folder or above it (expected --tariff DIR)',
  ]);
});

test.run();
