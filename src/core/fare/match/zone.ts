/** The clock at each stop: its own time zone, its station's, or the agency's. */
import { assert } from '../../error.ts';
import type { ItineraryTables } from '../../tariff/tables.ts';
import { compileZone } from '../../tariff/zone.ts';
import type { Zone } from '../../time.ts';
import type { Findings } from './findings.ts';
import { Names } from './names.ts';
import { nearest, type Stops } from './stop.ts';

export interface Zones {
  readonly ofStop: (stop: number) => Zone;
}

export function compileZones(tables: ItineraryTables, stops: Stops, findings: Findings): Zones {
  const { agency: table } = tables;
  const [first] = table.rows;
  // 'If multiple agencies are specified in the dataset, each must have the same agency_timezone.'
  for (const row of table.rows) {
    if (row.agency_timezone === first?.agency_timezone) continue;
    const what = `agency_timezone '${row.agency_timezone}'`;
    findings.wrong(table, row, 'agency_timezone', {
      what,
      expected: `'${first?.agency_timezone}', as in the first row`,
    });
  }
  if (first === undefined && table.isWhole) {
    const at = table.at({ line: 1 }, 'agency_timezone');
    findings.add({ at, what: 'no agency', expected: 'a row: timeframes hold by its agency_timezone' });
  }
  const own = new Map<number, string>();
  for (const { stop_id, stop_timezone } of tables.stops.rows)
    if (stop_timezone !== undefined) own.set(stops.names.of(stop_id), stop_timezone);
  const names = new Names();
  names.add(first?.agency_timezone ?? 'UTC');
  const ofStop = Int32Array.from(stops.names.all, (_, stop) => {
    const name = nearest(stops, stop, place => own.get(place));
    return name === undefined ? 0 : names.add(name);
  });
  const zones = names.all.map(name => compileZone(name));
  return {
    ofStop: stop => {
      const zone = zones[ofStop[stop] ?? 0];
      // The reader of the tables refuses a time zone that is not known.
      assert(zone !== undefined, 'every time zone of the tables is known');
      return zone;
    },
  };
}
