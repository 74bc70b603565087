/** Which areas a stop belongs to, and which of them a leg rule's field lets in. */
import type { ItineraryTables } from '../../tariff/tables.ts';
import type { Findings } from './findings.ts';
import { Names, NONE, Sets } from './names.ts';
import { hasPriority, passesEmpty } from './priority.ts';
import { nearest, type Stops } from './stop.ts';

export interface Areas {
  readonly names: Names;
  /** All areas of each stop, as a set in `sets`. */
  readonly ofStop: Int32Array;
  readonly sets: Sets;
  readonly from: AreaSide;
  readonly to: AreaSide;
}

/** One of the two fields. Stops that it cannot tell apart are one class: their rules are looked up once. */
export interface AreaSide {
  readonly classOfStop: Int32Array;
  readonly classes: readonly AreaClass[];
}

export interface AreaClass {
  /** Areas of the stop that this field names in some rule. */
  readonly listed: readonly number[];
  readonly passesEmpty: boolean;
}

export function compileAreas(tables: ItineraryTables, stops: Stops, findings: Findings): Areas {
  const names = new Names();
  for (const { area_id } of tables.areas.rows) names.add(area_id);
  const defined = names.all.length;
  const own = new Map<number, number[]>();
  for (const row of tables.stopAreas.rows) {
    const stop = stops.names.of(row.stop_id);
    const area = names.add(row.area_id);
    if (area >= defined && defined > 0)
      findings.unknown(tables.stopAreas, row, 'area_id', names.all.slice(0, defined), 'warning');
    if (stop === NONE) findings.unknown(tables.stopAreas, row, 'stop_id', stops.names.all, 'warning');
    else own.set(stop, [...(own.get(stop) ?? []), area]);
  }
  // 'If a station is defined in this field, all of its platforms are part of the same area. This behavior can be
  // overridden by assigning platforms to other areas.'
  const sets = new Sets();
  const ofStop = Int32Array.from(stops.names.all, (_, stop) =>
    sets.add(nearest(stops, stop, place => own.get(place)) ?? []),
  );
  const side = (field: 'from_area_id' | 'to_area_id'): AreaSide => {
    const listed = new Set(tables.fareLegRules.rows.map(row => names.of(row[field])));
    return compileSide(listed, hasPriority(tables), sets, ofStop);
  };
  return { names, ofStop, sets, from: side('from_area_id'), to: side('to_area_id') };
}

function compileSide(
  listed: ReadonlySet<number>,
  priority: boolean,
  sets: Sets,
  ofStop: Int32Array,
): AreaSide {
  const classes: AreaClass[] = [];
  const numbers = new Map<string, number>();
  const classOfSet = Int32Array.from({ length: sets.size }, (_, set) => {
    const areas = sets.membersOf(set);
    const seen: AreaClass = {
      listed: areas.filter(area => listed.has(area)),
      passesEmpty: passesEmpty(areas, area => listed.has(area), priority),
    };
    const key = `${seen.passesEmpty}:${seen.listed.join(',')}`;
    const known = numbers.get(key) ?? classes.push(seen) - 1;
    numbers.set(key, known);
    return known;
  });
  return { classOfStop: ofStop.map(set => classOfSet[set] ?? 0), classes };
}
