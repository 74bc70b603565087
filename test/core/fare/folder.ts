/** A tariff folder written for one test file: its texts by name, compiled. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Tariff } from '../../../src/core/tariff/tariff.ts';
import { readTariff } from '../../../src/gtfs/tariff-folder.ts';
import { nodeCrypto } from '../../../src/wire/node-crypto.ts';

export function tariffOf(files: Readonly<Record<string, string>>): Tariff {
  const folder = mkdtempSync(join(tmpdir(), 'tura-tariff-'));
  try {
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
    return readTariff(folder, nodeCrypto).tariff;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
