/**
 * What the GTFS reference demands of a row beyond its single cells ("conditionally required"), by file.
 */
import type { Row, TableSpec } from './spec.ts';

export interface Complaint {
  readonly column: string;
  readonly what: string;
  readonly expected: string;
  readonly severity: 'error' | 'warning';
}

/** The first thing about the row that makes no sense. */
export function complaintOf(file: string, row: Row<TableSpec>): Complaint | undefined {
  return SENSE[file]?.(row);
}

const SENSE: Readonly<Record<string, (row: Row<TableSpec>) => Complaint | undefined>> = {
  'stops.txt': place,
  'routes.txt': route,
  'calendar.txt': season,
};

/** Stops, stations and entrances must be somewhere; generic nodes and boarding areas take their station's place. */
const MUST_BE_SOMEWHERE = 2;

function place({ stop_lat: lat, stop_lon: lon, location_type: type }: Row<TableSpec>): Complaint | undefined {
  const expected = 'stop_lat and stop_lon in degrees';
  if (Number(type ?? 0) <= MUST_BE_SOMEWHERE && (lat === undefined || lon === undefined)) {
    const column = lat === undefined ? 'stop_lat' : 'stop_lon';
    return { column, what: `${column} is empty`, expected, severity: 'error' };
  }
  if (lat !== 0 || lon !== 0) return undefined;
  return { column: 'stop_lat', what: 'lies at 0, 0 in the Gulf of Guinea', expected, severity: 'warning' };
}

function route({ route_short_name: short, route_long_name: long }: Row<TableSpec>): Complaint | undefined {
  if (short !== undefined || long !== undefined) return undefined;
  const expected = 'route_short_name or route_long_name';
  return { column: 'route_id', what: 'the route has no name', expected, severity: 'warning' };
}

function season({ start_date: start, end_date: end }: Row<TableSpec>): Complaint | undefined {
  if (start === undefined || end === undefined || start <= end) return undefined;
  const expected = `a day from ${start} on`;
  return { column: 'end_date', what: `end_date ${end} is before start_date`, expected, severity: 'error' };
}
