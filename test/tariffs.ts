/** Tyumen's tariff for tests, as it is or with a word changed in a copy. */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fareOf } from '../src/core/fare/price.ts';
import type { Fare, Tariff } from '../src/core/tariff/tariff.ts';
import type { ReadTariff } from '../src/gtfs/tariff-files.ts';
import { readTariff } from '../src/gtfs/tariff-folder.ts';
import { nodeCrypto } from '../src/wire/node-crypto.ts';

export const TYUMEN_FOLDER = join(import.meta.dirname, '../fixtures/tariffs/tyumen');

const EARLIER = /^versions:\n(?: .*\n)+/m;

export type TariffFile = 'tariff.yaml' | 'fare_media.txt' | 'fare_products.txt' | 'fare_leg_rules.txt';
/** What a ride in any network costs a category on the transport card. */
export function singleOf(tariff: Tariff, category: string): Fare | undefined {
  const [medium, index] = [
    tariff.media['transport-card']?.index ?? -1,
    tariff.categories[category]?.index ?? -1,
  ];
  return fareOf(
    tariff,
    {
      network: 0,
      fromZone: 0,
      toZone: 0,
      band: 0,
      medium,
      category: index,
    },
    0,
  );
}

/** What stands there once, and what stands there instead. */
export type Edit = readonly [file: TariffFile, found: string, instead: string];

/** Gives `use` a copy of the folder to spoil, without its earlier price lists, and takes it away afterwards. */
export function withTariffCopy<T>(use: (folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'tura-tariff-'));
  try {
    const isEarlier = (path: string) => /fare_products-|scenarios/.test(path);
    cpSync(TYUMEN_FOLDER, folder, { recursive: true, filter: path => !isEarlier(path) });
    const settings = join(folder, 'tariff.yaml');
    writeFileSync(settings, readFileSync(settings, 'utf8').replace(EARLIER, ''));
    return use(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

export function readEdited(...edits: readonly Edit[]): ReadTariff {
  return withTariffCopy(folder => {
    for (const [file, found, instead] of edits) {
      const text = readFileSync(join(folder, file), 'utf8');
      if (!text.includes(found)) throw new Error(`${file} holds no '${found}' to change`);
      writeFileSync(
        join(folder, file),
        text.replace(found, () => instead),
      );
    }
    return readTariff(folder, nodeCrypto);
  });
}
