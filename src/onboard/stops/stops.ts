/**
 * What a stops database answers. Everything is read from the file when it is asked for, but for the places of the
 * stops, which the first search for the nearest keeps.
 */
import { TuraError } from '../../core/error.ts';
import type { EpochMs, ServiceDate, Zone } from '../../core/time.ts';
import { type Database, openDatabase } from '../../disk/sqlite.ts';
import type { FARE_TABLES } from '../../gtfs/fare-tables.ts';
import type { Row, TableSpec } from '../../gtfs/spec.ts';
import type { Route, Stop, StopNear } from './place.ts';
import { routeQueries, stopQueries } from './place-queries.ts';
import { APPLICATION_ID, tableName, VERSION, WHAT } from './schema.ts';
import type { ShapePoint } from './shape.ts';
import type { Trip, TripRun } from './trip.ts';
import { tripQueries } from './trip-queries.ts';

export interface Feed {
  /** SHA-256 of the contents, hexadecimal; the same for a zip and its folder. */
  readonly hash: string;
  readonly version: string | undefined;
  readonly publisher: string | undefined;
  readonly startDate: ServiceDate | undefined;
  readonly endDate: ServiceDate | undefined;
}

type FareTable = (typeof FARE_TABLES)[number];

/** How long before its first time, and after its last, a trip may be under way all the same. */
export interface Margin {
  readonly earlyS: number;
  readonly lateS: number;
}

export interface Stops {
  readonly feed: Feed;
  /** IANA name: the agency's, which all agencies of a feed share. */
  readonly timezone: string;
  /** Where vehicles stop, the nearest first; stations and entrances are left out. */
  near(lat: number, lon: number, limit: number): readonly StopNear[];
  /** The routes that stop within so many metres; at the hundred nearest stops, where there are more. */
  routesNear(lat: number, lon: number, metres: number): readonly string[];
  stop(stopId: string): Stop | undefined;
  /** Where vehicles stop under an operator's number: stop_code, else stop_id. */
  stopsOfNumber(number: string): readonly string[];
  route(routeId: string): Route | undefined;
  /** All of them, for whoever misspelt one. */
  stopIds(): readonly string[];
  routeIds(): readonly string[];
  trip(tripId: string): Trip | undefined;
  shape(shapeId: string): readonly ShapePoint[] | undefined;
  /** The trips of a route on a day of service, by their first time. */
  tripsOn(routeId: string, serviceDate: ServiceDate): readonly TripRun[];
  /** The trips of a route that are under way at a moment, whichever day of service they began on. `zone` is `timezone`, compiled. */
  tripsAt(routeId: string, zone: Zone, at: EpochMs, margin?: Margin): readonly TripRun[];
  /** The trips that one vehicle runs on a day of service, whatever their routes, by their first time. */
  tripsOfBlock(blockId: string, serviceDate: ServiceDate): readonly TripRun[];
  /** The rows of a fare table, as the feed has them. */
  fares<S extends FareTable>(spec: S): readonly Row<S>[];
  close(): void;
}

/** Opens what `importStops` made, to read. Throws when the file is missing, no stops database, or of another version. */
export function openStops(file: string): Stops {
  const database = openDatabase(file, {
    what: WHAT,
    mode: 'read',
    version: VERSION,
    madeBy: 'what tura stops import makes',
  });
  try {
    refuseForeign(database, file);
    return {
      feed: feedOf(database),
      timezone: timezoneOf(database),
      ...stopQueries(database),
      ...routeQueries(database),
      ...tripQueries(database),
      fares: spec => rowsOf(database, spec),
      close: () => database.close(),
    };
  } catch (fault) {
    database.close();
    throw fault;
  }
}

function refuseForeign(database: Database, file: string): void {
  if (database.pragma('application_id', { simple: true }) === APPLICATION_ID) return;
  const expected = 'a file that `tura stops import` made';
  throw new TuraError('bad-input', `${file} is no ${WHAT} (expected ${expected})`, { where: file, expected });
}

interface FeedRow {
  readonly hash: string;
  readonly feed_version: string | null;
  readonly feed_publisher_name: string | null;
  readonly feed_start_date: number | null;
  readonly feed_end_date: number | null;
}

function feedOf(database: Database): Feed {
  const row = database.prepare<[], FeedRow>('SELECT * FROM feed LEFT JOIN feed_info LIMIT 1').get();
  return {
    hash: row?.hash ?? '',
    version: row?.feed_version ?? undefined,
    publisher: row?.feed_publisher_name ?? undefined,
    startDate: dateOf(row?.feed_start_date),
    endDate: dateOf(row?.feed_end_date),
  };
}

function dateOf(stored: number | null | undefined): ServiceDate | undefined {
  return stored === null || stored === undefined ? undefined : (stored as ServiceDate);
}

function timezoneOf(database: Database): string {
  return database.prepare<[], string>('SELECT agency_timezone FROM agency').pluck().get() ?? '';
}

function rowsOf<S extends TableSpec>(database: Database, spec: S): readonly Row<S>[] {
  const rows = database
    .prepare<[], Record<string, string | number | null>>(`SELECT * FROM ${tableName(spec)} ORDER BY line`)
    .all();
  // The table was made and filled by the same spec.
  return rows.map(
    row => Object.fromEntries(Object.entries(row).map(([name, cell]) => [name, cell ?? undefined])) as Row<S>,
  );
}
