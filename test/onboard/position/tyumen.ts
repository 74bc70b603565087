/** The feed of Tyumen as a stops database, and moments by the city's clock. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compileZone } from '../../../src/core/tariff/zone.ts';
import { type EpochMs, parseInstant, type Zone } from '../../../src/core/time.ts';
import { openFeed } from '../../../src/gtfs/open-feed.ts';
import { importStops } from '../../../src/onboard/stops/import.ts';
import { openStops, type Stops } from '../../../src/onboard/stops/stops.ts';
import { FOLDER } from '../../fixtures/tyumen.ts';

export interface Opened {
  readonly stops: Stops;
  readonly zone: Zone;
  close(): void;
}

export async function openImported(path: string): Promise<Opened> {
  const folder = mkdtempSync(join(tmpdir(), 'tura-position-'));
  const feed = await openFeed(path);
  const file = join(folder, 'stops.db');
  await importStops(feed, file);
  await feed.close();
  const stops = openStops(file);
  const zone = compileZone(stops.timezone);
  if (zone === undefined) throw new Error(stops.timezone);
  const close = () => {
    stops.close();
    rmSync(folder, { recursive: true });
  };
  return { stops, zone, close };
}

export const openTyumen = () => openImported(FOLDER);

/** By the clock of Tyumen. */
export function inTyumen(local: string): EpochMs {
  const ms = parseInstant(`${local}+05:00`);
  if (ms === undefined) throw new Error(local);
  return ms;
}
