/**
 * The stops database: the tables of the feed under their own names and columns, but for stop times and shapes, which
 * are one blob a trip and one a shape. The key of every row is the line it came from, so that each fact leads back to
 * the feed.
 */
import type { Column, Values } from '../../gtfs/column.ts';
import { FARE_TABLES } from '../../gtfs/fare-tables.ts';
import type { TableSpec } from '../../gtfs/spec.ts';
import { AGENCY, CALENDAR, CALENDAR_DATES, FEED_INFO, ROUTES, STOPS, TRIPS } from '../../gtfs/tables.ts';

export const WHAT = 'stops database';

/** `TUST` in the header of the file: another program's SQLite file is told apart by it. */
export const APPLICATION_ID = 0x54555354;

/** Rises with every change of the tables or of how blobs are packed; a file of another version is imported anew. */
export const VERSION = 2;

/** Tables whose rows are stored as they are. */
export const ROW_TABLES: readonly TableSpec[] = [
  AGENCY,
  FEED_INFO,
  STOPS,
  ROUTES,
  CALENDAR,
  CALENDAR_DATES,
  TRIPS,
  ...FARE_TABLES,
];

const PACKED_TABLES = `
  CREATE TABLE stop_times (
    trip INTEGER PRIMARY KEY, -- trips.line
    stops INTEGER NOT NULL,
    first_s INTEGER, -- the earliest time of the trip, seconds of the service day
    last_s INTEGER,
    packed BLOB NOT NULL -- stop-times.ts
  ) STRICT;
  CREATE TABLE shapes (
    shape_id TEXT PRIMARY KEY,
    points INTEGER NOT NULL,
    packed BLOB NOT NULL -- shape.ts
  ) STRICT;
  CREATE TABLE serving ( -- which routes stop where
    stop INTEGER NOT NULL, -- stops.line
    route_id TEXT NOT NULL,
    PRIMARY KEY (stop, route_id)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE feed (hash TEXT NOT NULL, last_s INTEGER) STRICT; -- one row; last_s is the latest of all stop times
`;

const VIEWS = `
  CREATE VIEW stations AS SELECT * FROM stops WHERE location_type = 1;
  CREATE VIEW zones AS SELECT zone_id, count(*) AS stops FROM stops WHERE zone_id IS NOT NULL GROUP BY zone_id;
`;

export function schema(): string {
  return ROW_TABLES.map(createTable).join('\n') + PACKED_TABLES + VIEWS;
}

/** Made after the rows, when it is cheaper. */
export const INDEXES = `
  CREATE UNIQUE INDEX stop_by_id ON stops (stop_id);
  CREATE UNIQUE INDEX route_by_id ON routes (route_id);
  CREATE UNIQUE INDEX trip_by_id ON trips (trip_id);
  CREATE INDEX trips_of_route ON trips (route_id);
  CREATE INDEX trips_of_block ON trips (block_id) WHERE block_id IS NOT NULL;
  CREATE INDEX exceptions_of_day ON calendar_dates (date);
`;

/** `stops.txt` is stored in `stops`. */
export function tableName(spec: TableSpec): string {
  return spec.file.replace(/\.txt$/, '');
}

function createTable(spec: TableSpec): string {
  const columns = spec.columns.map(
    column => `${column.name} ${storage(column)}${column.required ? ' NOT NULL' : ''}`,
  );
  return `CREATE TABLE ${tableName(spec)} (line INTEGER PRIMARY KEY, ${columns.join(', ')}) STRICT;`;
}

function storage({ type }: Column): 'TEXT' | 'REAL' | 'INTEGER' {
  return typeof type === 'string' ? STORAGE[type] : 'INTEGER';
}

const STORAGE: { readonly [T in keyof Values]: 'TEXT' | 'REAL' | 'INTEGER' } = {
  id: 'TEXT',
  text: 'TEXT',
  amount: 'TEXT',
  currency: 'TEXT',
  timezone: 'TEXT',
  number: 'REAL',
  latitude: 'REAL',
  longitude: 'REAL',
  integer: 'INTEGER',
  count: 'INTEGER',
  time: 'INTEGER',
  date: 'INTEGER',
};
