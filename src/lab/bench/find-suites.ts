/** Where scenarios are: files and folders as people name them -> tariff folders, each with its scenario files. */
import { existsSync, readdirSync, statSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { type Problem, refuseIfWrong, TuraError } from '../../core/error.ts';
import { suggest } from '../../core/suggest.ts';
import { diskFault } from '../../disk/sqlite.ts';
import { SCENARIO_FILE } from '../scenario/read-scenarios.ts';

/** A tariff, and the files whose scenarios are about it. */
export interface SuiteFiles {
  readonly tariff: string;
  readonly files: readonly string[];
}

const SETTINGS = 'tariff.yaml';
const SCENARIOS = 'scenarios';
const EXPECTED = `*.yaml or *.csv in a folder '${SCENARIOS}' beside ${SETTINGS}`;

/** Folders inside each other, at most: deeper than anybody sorts scenarios. */
const DEEPEST = 8;

/**
 * A scenario is about the tariff of the nearest folder upwards that has one, or about `tariff`. In a tariff's folder
 * scenarios stand in `scenarios/`. Throws `bad-input` for every path that leads to none.
 */
export function findSuites(
  paths: readonly string[],
  { tariff }: { readonly tariff?: string | undefined } = {},
): readonly SuiteFiles[] {
  const problems: Problem[] = tariff === undefined || isTariff(tariff) ? [] : [noTariff(tariff)];
  const byTariff = new Map<string, Set<string>>();
  for (const path of paths) {
    const found = scenariosAt(path, tariff);
    if (!Array.isArray(found)) problems.push(found);
    else if (found.length === 0)
      problems.push({ at: { file: path }, what: 'no scenarios here', expected: EXPECTED });
    else for (const { tariff: of, file } of found) filesOf(byTariff, of).add(file);
  }
  refuseIfWrong(problems);
  return [...byTariff].map(([of, files]) => ({ tariff: of, files: [...files].sort() }));
}

/** Tariffs with all their scenarios: a new one has none yet. Throws `bad-input` for what is no tariff's folder. */
export function findTariffs(folders: readonly string[]): readonly SuiteFiles[] {
  const problems: Problem[] = [];
  const suites: SuiteFiles[] = [];
  for (const folder of new Set(folders.map(shown))) {
    const found = isTariff(folder) ? scenariosAt(folder, undefined) : noTariff(folder);
    if (!Array.isArray(found)) problems.push(found);
    else suites.push({ tariff: folder, files: found.map(({ file }) => file).sort() });
  }
  refuseIfWrong(problems);
  return suites;
}

function filesOf(byTariff: Map<string, Set<string>>, tariff: string): Set<string> {
  const files = byTariff.get(tariff) ?? new Set();
  byTariff.set(tariff, files);
  return files;
}

interface Found {
  readonly tariff: string;
  readonly file: string;
}

function isTariff(folder: string): boolean {
  return existsSync(join(folder, SETTINGS));
}

function noTariff(folder: string): Problem {
  return { at: { file: folder }, what: 'no tariff is here', expected: `a folder with ${SETTINGS}` };
}

/** What cannot be looked into is a problem as well. */
function scenariosAt(path: string, tariff: string | undefined): Found[] | Problem {
  try {
    return lookedInto(path, tariff);
  } catch (error) {
    const fault = diskFault(error, path, 'scenarios');
    if (!(fault instanceof TuraError)) throw error;
    return { at: { file: path }, what: 'cannot be read', expected: EXPECTED };
  }
}

function lookedInto(named: string, tariff: string | undefined): Found[] | Problem {
  // Whoever names the settings means the tariff.
  const path = basename(named) === SETTINGS ? dirname(named) : named;
  const at = { file: path };
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat === undefined) return { at, what: 'nothing is here', expected: meantBy(path) ?? EXPECTED };
  const nearest = tariff ?? tariffAbove(path);
  if (stat.isDirectory()) return scenariosBelow(path, nearest, tariff !== undefined, DEEPEST);
  if (!SCENARIO_FILE.test(path)) return { at, what: 'no file of scenarios', expected: '.yaml, .yml or .csv' };
  if (nearest === undefined)
    return { at, what: `no ${SETTINGS} in its folder or above it`, expected: '--tariff DIR' };
  return [{ tariff: nearest, file: shown(path) }];
}

/** Something beside it that is spelt nearly so; whatever else lies there was not meant. */
function meantBy(path: string): string | undefined {
  const folder = dirname(path);
  const beside = existsSync(folder) ? readdirSync(folder).map(name => join(folder, name)) : [];
  const meant = suggest(path, beside);
  return meant === undefined ? undefined : `'${meant}'`;
}

function tariffAbove(path: string): string | undefined {
  for (let folder = resolve(path); ; folder = dirname(folder)) {
    if (isTariff(folder)) return shown(folder);
    if (folder === dirname(folder)) return undefined;
  }
}

function scenariosBelow(
  folder: string,
  tariff: string | undefined,
  isGiven: boolean,
  deeper: number,
): Found[] {
  const entries = readdirSync(folder, { withFileTypes: true });
  const hasTariff = entries.some(({ name }) => name === SETTINGS);
  const of = hasTariff && !isGiven ? shown(folder) : tariff;
  const folders = entries.filter(entry => entry.isDirectory() && !/^(\.|node_modules$)/.test(entry.name));
  const below = folders
    .filter(({ name }) => deeper > 0 && (!hasTariff || name === SCENARIOS))
    .flatMap(({ name }) => scenariosBelow(join(folder, name), of, isGiven, deeper - 1));
  if (hasTariff || of === undefined) return below;
  const files = entries.filter(entry => !entry.isDirectory() && SCENARIO_FILE.test(entry.name));
  return [...files.map(({ name }) => ({ tariff: of, file: shown(join(folder, name)) })), ...below];
}

/** As people write it: from where they stand, unless it lies outside. */
function shown(path: string): string {
  const near = relative('', path);
  if (near.startsWith('..')) return resolve(path);
  return near === '' ? '.' : near;
}
