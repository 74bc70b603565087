/** A tariff folder: `tariff.yaml` beside its Fares v2 tables, read with positions and compiled. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Crypto } from '../core/crypto.ts';
import { type Problem, refuseIfWrong, TuraError } from '../core/error.ts';
import { hexOfBytes } from '../core/hex.ts';
import { readYaml } from '../core/source/yaml.ts';
import { expectedOneOf } from '../core/suggest.ts';
import { compileTariff } from '../core/tariff/compile.ts';
import { settingsSchema } from '../core/tariff/settings.ts';
import { FARE_FILES } from '../core/tariff/tables.ts';
import type { Tariff } from '../core/tariff/tariff.ts';
import { FARE_LEG_RULES, FARE_MEDIA, FARE_PRODUCTS } from './fare-tables.ts';
import type { TableSpec } from './spec.ts';
import { readTable, type Table } from './table.ts';

const SETTINGS_FILE = 'tariff.yaml';
const NEEDED: readonly string[] = [SETTINGS_FILE, ...Object.values(FARE_FILES)];

export interface ReadTariff {
  readonly tariff: Tariff;
  readonly warnings: readonly Problem[];
}

/** Throws one `bad-input` with every problem of the folder: a tariff that is half right is refused whole. */
export function readTariff(folder: string, crypto: Crypto): ReadTariff {
  const texts = readTexts(folder);
  const problems: Problem[] = [];
  const table = <S extends TableSpec>(spec: S): Table<S> => {
    const read = readTable(texts.get(spec.file) ?? '', join(folder, spec.file), spec);
    problems.push(...read.problems);
    return read;
  };
  const settings = readYaml(texts.get(SETTINGS_FILE) ?? '', join(folder, SETTINGS_FILE), settingsSchema);
  const tables = {
    fareMedia: table(FARE_MEDIA),
    fareProducts: table(FARE_PRODUCTS),
    fareLegRules: table(FARE_LEG_RULES),
  };
  const compiled = compileTariff({ settings, tables, hash: hashOf(texts, crypto) });
  problems.push(...compiled.problems);
  refuseIfWrong(problems);
  if (compiled.tariff === undefined)
    throw new Error('broken invariant: a tariff without problems is compiled');
  return { tariff: compiled.tariff, warnings: problems };
}

/** The folder's files by name. A table that is not priced here is refused: it would be silently ignored. */
function readTexts(folder: string): Map<string, string> {
  const found = listed(folder);
  const problems: Problem[] = [];
  for (const name of found) {
    if (!/\.(txt|ya?ml)$/.test(name) || NEEDED.includes(name)) continue;
    const expected = expectedOneOf(name, NEEDED);
    problems.push({ at: { file: join(folder, name) }, what: 'this file is not read here', expected });
  }
  for (const name of NEEDED) {
    if (!found.includes(name))
      problems.push({ at: { file: join(folder, name) }, what: 'missing', expected: 'a file' });
  }
  refuseIfWrong(problems);
  return new Map(NEEDED.map(name => [name, textOf(join(folder, name))]));
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw new TuraError('bad-input', `${file} cannot be read`, { where: file, expected: 'a file', cause });
  }
}

function listed(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    throw new TuraError('bad-input', `no tariff folder ${folder}`, {
      where: folder,
      expected: `a folder with ${NEEDED.join(', ')}`,
      cause: error,
    });
  }
}

/** Over names and contents in order, so that a tariff is the same wherever its folder stands. */
function hashOf(texts: ReadonlyMap<string, string>, crypto: Crypto): string {
  const parts = [...texts].sort(([a], [b]) => (a < b ? -1 : 1));
  const whole = parts.map(([name, text]) => `${name}\0${text.length}\0${text}`).join('');
  return hexOfBytes(crypto.sha256(new TextEncoder().encode(whole)));
}
