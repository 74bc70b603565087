/** The worlds of shipped tariffs. */
import { join } from 'node:path';
import { readTariff } from '../../../src/gtfs/tariff-folder.ts';
import { type Stop, type World, worldOf } from '../../../src/lab/search/world.ts';
import { nodeCrypto } from '../../../src/wire/node-crypto.ts';

export const SHIPPED = join(import.meta.dirname, '../../../fixtures/tariffs');

export function shippedWorld(name: string): World {
  const { tariffs, metres } = readTariff(join(SHIPPED, name), nodeCrypto);
  return worldOf(tariffs, metres);
}

export function stopOf({ tariffs: [tariff] }: World, id: string): Stop {
  return { id, zone: tariff.zoneOfStop[id] ?? 0 };
}
