/** What tells one ride from another before anybody pays: networks, zones and bands of time, the same in every version. */
import { type Bands, compileBands } from './bands.ts';
import { compileLegRules } from './leg-rules.ts';
import type { Names } from './names.ts';
import type { TariffSettings } from './settings.ts';
import type { TariffTables } from './tables.ts';
import { compileZones, type Zones } from './zones.ts';

export interface Kinds extends Omit<Zones, 'zones'> {
  readonly names: Names;
  readonly bands: Bands;
}

/** More kinds of rides than this is no city's tariff; a table of them is some tens of megabytes. */
export const MAX_CELLS = 4_000_000;

export function compileKinds(settings: TariffSettings, tables: TariffTables): Kinds {
  const { zones, zoneOfStop, zoneRanks } = compileZones(tables, settings.areaOrder);
  const { bands, names: bandNames } = compileBands(tables);
  const named = [...compileLegRules(tables).networks, ...Object.keys(settings.networks)];
  const names: Names = {
    media: Object.keys(settings.media),
    categories: Object.keys(settings.categories),
    networks: ['', ...new Set(named)],
    zones,
    bands: bandNames,
  };
  return { names, bands, zoneOfStop, zoneRanks };
}

export function cellsOf({ names }: Kinds): number {
  return names.networks.length * names.zones.length ** 2 * names.bands.length ** 2;
}
