/** Stops and what they stand in: a platform in its station, a boarding area on its platform. */
import type { ItineraryTables } from '../../tariff/tables.ts';
import type { Findings } from './findings.ts';
import { Names, NONE } from './names.ts';

export interface Stops {
  readonly names: Names;
  /** By stop; `NONE` where it stands in nothing. */
  readonly parents: Int32Array;
  /** The outermost place it stands in: its station, or itself. */
  readonly stations: Int32Array;
}

/** Boarding area, platform, station: no place stands deeper (GTFS reference, `parent_station`). */
const DEPTH = 3;

export function compileStops({ stops: table }: ItineraryTables, findings: Findings): Stops {
  const names = new Names();
  for (const { stop_id } of table.rows) names.add(stop_id);
  const parents = new Int32Array(names.all.length).fill(NONE);
  for (const row of table.rows) {
    if (row.parent_station === undefined) continue;
    const parent = names.of(row.parent_station);
    if (parent === NONE) findings.unknown(table, row, 'parent_station', names.all);
    parents[names.of(row.stop_id)] = parent;
  }
  const stations = Int32Array.from(parents, (_, stop) => outermost(parents, stop) ?? stop);
  for (const row of table.rows) {
    if (outermost(parents, names.of(row.stop_id)) !== undefined) continue;
    const what = `'${row.stop_id}' stands in more than a boarding area, a platform and a station`;
    findings.wrong(table, row, 'parent_station', { what, expected: 'a station' });
  }
  return { names, parents, stations };
}

/** Undefined where the places go deeper than they may, round in a circle above all. */
function outermost(parents: Int32Array, stop: number): number | undefined {
  let place = stop;
  for (let depth = 0; depth < DEPTH; depth++) {
    const parent = parents[place] ?? NONE;
    if (parent === NONE) return place;
    place = parent;
  }
  return undefined;
}

/** The nearest value going outwards: the stop's own, then its platform's, then its station's. */
export function nearest<T>(
  stops: Stops,
  stop: number,
  find: (place: number) => T | undefined,
): T | undefined {
  for (
    let place = stop, depth = 0;
    place !== NONE && depth < DEPTH;
    place = stops.parents[place] ?? NONE, depth++
  ) {
    const value = find(place);
    if (value !== undefined) return value;
  }
  return undefined;
}
