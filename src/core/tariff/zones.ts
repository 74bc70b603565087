/** Areas of stops, interned: a zone is a set of areas that some stop lies in. */
import type { TariffTables } from './tables.ts';

export interface Zones {
  /** `zones[0]` is no area at all. */
  readonly zones: readonly (readonly string[])[];
  readonly zoneOfStop: Readonly<Record<string, number>>;
  /** Where a zone's areas stand in `areaOrder`; none without an order. */
  readonly zoneRanks: readonly (readonly number[])[];
}

/** A platform is in its station's areas unless it has its own (GTFS reference, stop_areas.txt). */
export function compileZones({ stopAreas, stops }: TariffTables, areaOrder: readonly string[] = []): Zones {
  const own = new Map<string, string[]>();
  for (const { stop_id, area_id } of stopAreas.rows) own.set(stop_id, [...(own.get(stop_id) ?? []), area_id]);
  for (const { stop_id, parent_station } of stops.rows) {
    const station = parent_station === undefined ? undefined : own.get(parent_station);
    if (station !== undefined && !own.has(stop_id)) own.set(stop_id, station);
  }
  const zones: string[][] = [[]];
  const numbers = new Map<string, number>([['', 0]]);
  const zoneOfStop: Record<string, number> = {};
  for (const [stop, areas] of own) {
    const zone = [...new Set(areas)].sort();
    const key = zone.join('\0');
    const known = numbers.get(key) ?? zones.push(zone) - 1;
    numbers.set(key, known);
    zoneOfStop[stop] = known;
  }
  const rankOf = (area: string) => areaOrder.indexOf(area);
  const zoneRanks = zones.map(areas => areas.map(rankOf).filter(rank => rank !== -1));
  return { zones, zoneOfStop, zoneRanks };
}
