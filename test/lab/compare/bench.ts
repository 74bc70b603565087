/** Taps written for a test and compared under two tariffs. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ServiceDate } from '../../../src/core/time.ts';
import { type ReadTariff, readTariffFiles } from '../../../src/gtfs/tariff-files.ts';
import { compare } from '../../../src/lab/compare/compare.ts';
import type { Comparison } from '../../../src/lab/compare/comparison.ts';
import { sideOf } from '../../../src/lab/compare/sides.ts';
import { nodeCrypto } from '../../../src/wire/node-crypto.ts';
import { withFolder } from '../../temporary.ts';

const TARIFFS = join(import.meta.dirname, '../../../fixtures/tariffs');

/** A city's tariff as it ships, or with words in its files replaced by others. */
export function city(
  name: string,
  ...edits: readonly (readonly [found: string, instead: string])[]
): ReadTariff {
  const folder = join(TARIFFS, name);
  const files = readdirSync(folder).filter(file => /\.(txt|yaml)$/.test(file));
  const texts = files.map(file => [file, readFileSync(join(folder, file), 'utf8')] as const);
  for (const [found] of edits) {
    if (!texts.some(([, text]) => text.includes(found)))
      throw new Error(`${name} holds no '${found}' to change`);
  }
  const edited = texts.map(([file, text]) => {
    return [
      file,
      edits.reduce((changed, [found, instead]) => changed.replaceAll(found, instead), text),
    ] as const;
  });
  return readTariffFiles(new Map(edited), name, nodeCrypto);
}

export const TYUMEN = city('tyumen');
export const LONDON = city('london-like');
/** Dearer for some, cheaper for others. */
export const TYUMEN_CHANGED = city(
  'tyumen',
  ['transport-card,37.00', 'transport-card,39.50'],
  ['percent: 20', 'percent: 10'],
  ['window: 60 min', 'window: 90 min'],
);
/** Dearer by 1.00 for whoever rides by bank card. */
export const TYUMEN_RAISED = city('tyumen', ['bank-card,37.00', 'bank-card,38.00']);
export const LONDON_CHANGED = city(
  'london-like',
  ["limit: { amount: '8.90' }", "limit: { amount: '7.70' }"],
  ['rail-1-1-off,,card,2.80', 'rail-1-1-off,,card,3.05'],
  ['maximum,,card,9.40', 'maximum,,card,10.00'],
  ['window: 60 min', 'window: 30 min'],
);

export function compareTaps(
  text: string,
  old: ReadTariff,
  fresh: ReadTariff,
  newAsOf?: ServiceDate,
): Promise<Comparison> {
  return withFolder(folder => {
    const file = join(folder, 'taps.csv');
    writeFileSync(file, text);
    return compare(file, [sideOf('old', old), sideOf('new', fresh, newAsOf)], () => undefined);
  });
}

export const HEAD = 'at,card,action,route,network,stop,medium,category,trip';

/** A row of a table under `HEAD`, from what it does not leave empty. */
export function row(cells: Readonly<Record<string, string>>): string {
  return HEAD.split(',')
    .map(column => cells[column] ?? '')
    .join(',');
}

export function table(rows: readonly string[]): string {
  return `${[HEAD, ...rows].join('\n')}\n`;
}
