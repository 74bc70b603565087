/**
 * Stops and routes out of the database.
 */
import type { Database } from '../../disk/sqlite.ts';
import { indexPlaces, type Nearest, type Places } from './nearest.ts';
import type { Route, Stop, StopKind } from './place.ts';
import type { Stops } from './stops.ts';

interface StopRow {
  readonly line: number;
  readonly stop_id: string;
  readonly stop_code: string | null;
  readonly stop_name: string | null;
  readonly stop_lat: number | null;
  readonly stop_lon: number | null;
  readonly zone_id: string | null;
  readonly location_type: number | null;
  readonly parent_station: string | null;
  readonly platform_code: string | null;
  readonly timezone: string;
}

/** By location_type; an empty one is a platform. */
const KINDS: readonly StopKind[] = ['platform', 'station', 'entrance', 'node', 'boarding-area'];

/** A stop's time zone is its own, else its station's, else the agency's (GTFS reference, stop_timezone). */
const SELECT_STOP = `
  SELECT stops.*, coalesce(stops.stop_timezone, station.stop_timezone, (SELECT agency_timezone FROM agency)) AS timezone
  FROM stops LEFT JOIN stops AS station ON station.stop_id = stops.parent_station`;

/** More of them around one place are not looked at. */
const STOPS_AROUND = 100;

export function stopQueries(
  database: Database,
): Pick<Stops, 'near' | 'stop' | 'stopsOfNumber' | 'stopIds' | 'routesNear'> {
  const byId = database.prepare<[string], StopRow>(`${SELECT_STOP} WHERE stops.stop_id = ?`);
  const byLine = database.prepare<[number], StopRow>(`${SELECT_STOP} WHERE stops.line = ?`);
  const byNumber = database
    .prepare<[string], string>(
      `SELECT stop_id FROM stops
       WHERE coalesce(stop_code, stop_id) = ? AND coalesce(location_type, 0) = 0`,
    )
    .pluck();
  const serving = database.prepare<[number], string>('SELECT route_id FROM serving WHERE stop = ?').pluck();
  let index: Nearest | undefined;
  const nearest: Nearest = (lat, lon, limit) => {
    index ??= indexPlaces(platformsOf(database));
    return index(lat, lon, limit);
  };
  return {
    near: (lat, lon, limit) => {
      return nearest(lat, lon, limit).flatMap(({ id, metres }) => {
        const row = byLine.get(id);
        return row === undefined ? [] : [{ ...stopOf(row), metres }];
      });
    },
    stop: stopId => {
      const row = byId.get(stopId);
      return row === undefined ? undefined : stopOf(row);
    },
    stopsOfNumber: number => byNumber.all(number),
    routesNear: (lat, lon, metres) => {
      const near = nearest(lat, lon, STOPS_AROUND).filter(stop => stop.metres <= metres);
      return [...new Set(near.flatMap(({ id }) => serving.all(id)))];
    },
    stopIds: () => database.prepare<[], string>('SELECT stop_id FROM stops').pluck().all(),
  };
}

function stopOf(row: StopRow): Stop {
  return {
    stopId: row.stop_id,
    kind: KINDS[row.location_type ?? 0] ?? 'platform',
    code: row.stop_code ?? undefined,
    name: row.stop_name ?? undefined,
    lat: row.stop_lat ?? undefined,
    lon: row.stop_lon ?? undefined,
    zoneId: row.zone_id ?? undefined,
    parentStation: row.parent_station ?? undefined,
    platformCode: row.platform_code ?? undefined,
    timezone: row.timezone,
  };
}

function platformsOf(database: Database): Places {
  const rows = database
    .prepare<[], { line: number; stop_lat: number; stop_lon: number }>(
      `SELECT line, stop_lat, stop_lon FROM stops
       WHERE coalesce(location_type, 0) = 0 AND stop_lat IS NOT NULL AND stop_lon IS NOT NULL`,
    )
    .all();
  return {
    ids: rows.map(row => row.line),
    lats: Float64Array.from(rows, row => row.stop_lat),
    lons: Float64Array.from(rows, row => row.stop_lon),
  };
}

interface RouteRow {
  readonly route_id: string;
  readonly agency_id: string | null;
  readonly route_short_name: string | null;
  readonly route_long_name: string | null;
  readonly route_type: number;
  readonly route_color: string | null;
  readonly route_text_color: string | null;
}

export function routeQueries(database: Database): Pick<Stops, 'route' | 'routeIds'> {
  const byId = database.prepare<[string], RouteRow>('SELECT * FROM routes WHERE route_id = ?');
  const networks = database
    .prepare<[string, string], string>(
      `SELECT network_id FROM route_networks WHERE route_id = ?
       UNION SELECT network_id FROM routes WHERE route_id = ? AND network_id IS NOT NULL`,
    )
    .pluck();
  return {
    route: routeId => {
      const row = byId.get(routeId);
      return row === undefined ? undefined : routeOf(row, networks.all(routeId, routeId));
    },
    routeIds: () => database.prepare<[], string>('SELECT route_id FROM routes').pluck().all(),
  };
}

function routeOf(row: RouteRow, networkIds: readonly string[]): Route {
  return {
    routeId: row.route_id,
    agencyId: row.agency_id ?? undefined,
    line: row.route_short_name ?? row.route_long_name ?? row.route_id,
    longName: row.route_long_name ?? undefined,
    type: row.route_type,
    color: row.route_color ?? undefined,
    textColor: row.route_text_color ?? undefined,
    networkIds,
  };
}
