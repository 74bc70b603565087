/** Tariffs for tests of mutants: those that are shipped, as texts. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { readTariffTexts } from '../../../src/gtfs/tariff-folder.ts';
import type { TariffTexts } from '../../../src/lab/mutate/mutant.ts';

const SHIPPED = join(import.meta.dirname, '../../../fixtures/tariffs');

export function shippedTariffs(): readonly (readonly [name: string, files: TariffTexts])[] {
  return readdirSync(SHIPPED).map(name => [name, readTariffTexts(join(SHIPPED, name))] as const);
}
