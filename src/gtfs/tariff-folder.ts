/** A tariff folder on disk: its texts, for `tariff-files.ts`. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Crypto } from '../core/crypto.ts';
import { TuraError } from '../core/error.ts';
import { readText } from '../disk/read-text.ts';
import { NEEDED, PASSED_OVER, type ReadTariff, readTariffFiles } from './tariff-files.ts';

/** As `readTariffFiles`. */
export function readTariff(folder: string, crypto: Crypto): ReadTariff {
  return readTariffFiles(readTariffTexts(folder), folder.replace(/(?<=.)\/+$/, ''), crypto);
}

/** By file name. What is neither a table nor settings is no business of a tariff. */
export function readTariffTexts(folder: string): ReadonlyMap<string, string> {
  const isOurs = (name: string) => /\.(txt|ya?ml)$/.test(name) && !PASSED_OVER.includes(name);
  const names = listed(folder).filter(isOurs);
  return new Map(
    names.map(name => [name, readText(join(folder, name), 'the tariff', 'a table or settings')] as const),
  );
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
