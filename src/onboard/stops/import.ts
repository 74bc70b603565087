/**
 * A GTFS feed into one stops database, streaming, all or nothing.
 */
import Database from 'better-sqlite3';
import { type Problem, refuseIfWrong } from '../../core/error.ts';
import { FARE_TABLES } from '../../gtfs/fare-tables.ts';
import type { FeedSource } from '../../gtfs/feed.ts';
import { ProblemList } from '../../gtfs/problems.ts';
import * as tables from '../../gtfs/tables.ts';
import { FeedInput, type Progress } from './feed-input.ts';
import { importRows } from './import-rows.ts';
import { importShapes } from './import-shapes.ts';
import { importStopTimes } from './import-stop-times.ts';
import { replaceFile } from './replace-file.ts';
import { RowIds } from './row-ids.ts';
import { APPLICATION_ID, INDEXES, schema, tableName, VERSION, WHAT } from './schema.ts';

export interface ImportOptions {
  readonly onProgress?: (progress: Progress) => void;
  /** The most the database may take; beyond it the import ends as on a full disk. Default 16 GiB. */
  readonly limitBytes?: number;
}

export interface ImportReport {
  /** Rows by table, `stops` to `fare_rules`, for the files the feed has; shapes count points. */
  readonly counts: Readonly<Record<string, number>>;
  readonly stations: number;
  readonly zones: number;
  /** SHA-256 of the contents, hexadecimal. */
  readonly feedHash: string;
  /** At most 100, then 'and N more'. */
  readonly warnings: readonly Problem[];
}

/** In three steps, for each refers to the one before: an error in one would be an avalanche in the next. */
const STEPS = [
  [
    tables.AGENCY,
    tables.FEED_INFO,
    tables.STOPS,
    tables.ROUTES,
    tables.CALENDAR,
    tables.CALENDAR_DATES,
    tables.SHAPES,
  ],
  [tables.TRIPS],
  [tables.STOP_TIMES, ...FARE_TABLES],
] as const;

const LIMIT_BYTES = 16 * 2 ** 30;
const PAGE_BYTES = 4_096;

/**
 * Reads the feed into `dbFile`, which is replaced when the whole feed is sound and on disk; else it stays as it was.
 * Throws a `bad-input` with the problems of the feed, or the disk's fault by name. Does not close the source.
 */
export async function importStops(
  source: FeedSource,
  dbFile: string,
  { onProgress = () => undefined, limitBytes = LIMIT_BYTES }: ImportOptions = {},
): Promise<ImportReport> {
  const problems = new ProblemList();
  const input = new FeedInput(source, STEPS.flat(), problems, onProgress);
  refuseHalfTimetable(input);
  return replaceFile(dbFile, WHAT, async temporary => {
    const database = new Database(temporary);
    try {
      begin(database, limitBytes);
      const counts = await importTables(database, input);
      warnOfIdleTrips(database, input);
      const feedHash = input.hash();
      finish(database, feedHash);
      const count = (view: string) =>
        database.prepare<[], number>(`SELECT count(*) FROM ${view}`).pluck().get() ?? 0;
      const [stations, zones] = [count('stations'), count('zones')];
      return { counts, stations, zones, feedHash, warnings: problems.warnings };
    } finally {
      database.close();
    }
  });
}

/** A feed of fares and stops alone is of use; trips without times, or times without trips, are an accident. */
function refuseHalfTimetable(input: FeedInput): void {
  const halves = [tables.TRIPS, tables.STOP_TIMES];
  const missing = halves.filter(spec => !input.has(spec));
  if (missing.length === halves.length) input.warn('has no trips.txt and no stop_times.txt: nothing runs');
  else for (const spec of missing) input.refuseMissing(spec);
}

/** Nobody reads the file before it is whole and synced, so nothing is journalled on disk or synced on the way. */
function begin(database: Database.Database, limitBytes: number): void {
  database.pragma('journal_mode = MEMORY');
  database.pragma('synchronous = OFF');
  database.pragma('cache_size = -2000');
  database.pragma('locking_mode = EXCLUSIVE');
  database.pragma(`page_size = ${PAGE_BYTES}`);
  database.pragma(`max_page_count = ${Math.ceil(limitBytes / PAGE_BYTES)}`);
  database.pragma(`application_id = ${APPLICATION_ID}`);
  database.pragma(`user_version = ${VERSION}`);
  database.exec(`BEGIN; ${schema()}`);
}

async function importTables(database: Database.Database, input: FeedInput): Promise<Record<string, number>> {
  const ids = new RowIds();
  const counts: Record<string, number> = {};
  for (const step of STEPS) {
    for (const spec of step) {
      const importTable = PACKED[spec.file] ?? importRows;
      const count = await importTable(database, input, ids, spec);
      if (input.has(spec)) counts[tableName(spec)] = count;
    }
    refuseIfWrong(input.problems.all);
  }
  return counts;
}

const PACKED: Readonly<Record<string, typeof importRows>> = {
  [tables.STOP_TIMES.file]: importStopTimes,
  [tables.SHAPES.file]: importShapes,
};

function warnOfIdleTrips(database: Database.Database, input: FeedInput): void {
  const idle =
    database
      .prepare<[], number>('SELECT count(*) FROM trips WHERE line NOT IN (SELECT trip FROM stop_times)')
      .pluck()
      .get() ?? 0;
  if (idle > 0 && input.has(tables.STOP_TIMES)) input.warn(`${idle.toLocaleString('en')} trips stop nowhere`);
}

function finish(database: Database.Database, feedHash: string): void {
  database.exec(INDEXES);
  database.prepare('INSERT INTO feed SELECT ?, max(last_s) FROM stop_times').run(feedHash);
  database.exec('COMMIT');
}
