/**
 * `stop_times.txt`: by far the largest table, packed into one blob a trip.
 */
import type { Problem } from '../../core/error.ts';
import type { Database } from '../../disk/sqlite.ts';
import type { Report } from '../../gtfs/problems.ts';
import { rowReader } from '../../gtfs/row.ts';
import type { Row } from '../../gtfs/spec.ts';
import { STOP_TIMES } from '../../gtfs/tables.ts';
import { ByteWriter } from './bytes.ts';
import type { FeedInput } from './feed-input.ts';
import { Groups } from './groups.ts';
import { ReferenceCheck, type RowIds } from './row-ids.ts';
import { Serving } from './serving.ts';
import { type PackedStopTime, packStopTimes, unpackStopTimes } from './stop-times.ts';

/** Line 0: packed earlier, its line no longer known. */
interface ReadStopTime extends PackedStopTime {
  readonly line: number;
}

/** Gives the number of stop times. */
export async function importStopTimes(database: Database, input: FeedInput, ids: RowIds): Promise<number> {
  let count = 0;
  const [trips, stops] = [ids.of('trips.txt'), ids.of('stops.txt')];
  const serving = new Serving(database);
  let groups: Groups<number, ReadStopTime> | undefined;
  await input.read(STOP_TIMES, header => {
    const own = new Groups(tripWriter(database, header.file, serving, input.problems.report));
    groups = own;
    const references = new ReferenceCheck(STOP_TIMES, ids, header, input.problems.report);
    return rowReader(STOP_TIMES, header, row => {
      const trip = trips.get(row.trip_id);
      const stop = stops.get(row.stop_id);
      if (trip === undefined || stop === undefined) return references.check(row);
      own.add(trip, stopTime(row, stop));
      count += 1;
    });
  });
  groups?.flush();
  serving.write();
  return count;
}

/** A lone arrival or departure stands for both. */
function stopTime(row: Row<typeof STOP_TIMES>, stop: number): ReadStopTime {
  return {
    line: row.line,
    stop,
    stopSequence: row.stop_sequence,
    arrivalS: row.arrival_time ?? row.departure_time,
    departureS: row.departure_time ?? row.arrival_time,
    pickupType: row.pickup_type ?? 0,
    dropOffType: row.drop_off_type ?? 0,
    approximate: row.timepoint === 0,
    distance: row.shape_dist_traveled,
  };
}

/** Writes a trip's stop times, together with those written before if its rows do not stand together in the file. */
function tripWriter(
  database: Database,
  file: string,
  serving: Serving,
  report: Report,
): (trip: number, times: ReadStopTime[]) => void {
  const earlier = database.prepare<[number], Buffer>('SELECT packed FROM stop_times WHERE trip = ?').pluck();
  const insert = database.prepare('INSERT OR REPLACE INTO stop_times VALUES (?, ?, ?, ?, ?)');
  const writer = new ByteWriter();
  const written = new Set<number>();
  return (trip, fresh) => {
    const packed = written.has(trip) ? earlier.get(trip) : undefined;
    const times = packed === undefined ? fresh : [...readEarlier(packed), ...fresh];
    written.add(trip);
    if (!isInOrder(times)) times.sort((a, b) => a.stopSequence - b.stopSequence);
    const problem = problemOf(times, file);
    if (problem !== undefined) report(problem);
    if (problem?.severity === 'error') return;
    const [first, last] = spanOf(times);
    serving.note(trip, times);
    insert.run(trip, times.length, first ?? null, last ?? null, packStopTimes(writer, times));
  };
}

function readEarlier(packed: Uint8Array): ReadStopTime[] {
  return unpackStopTimes(packed).map(time => ({ ...time, line: 0 }));
}

function isInOrder(times: readonly PackedStopTime[]): boolean {
  return times.every((time, index) => time.stopSequence >= (times[index - 1]?.stopSequence ?? 0));
}

/** The first thing wrong with a trip in order: two rows at one place of it, or a time before an earlier one. */
function problemOf(times: readonly ReadStopTime[], file: string): Problem | undefined {
  let before: ReadStopTime | undefined;
  let clock = Number.NEGATIVE_INFINITY;
  for (const time of times) {
    const { stopSequence, arrivalS, departureS } = time;
    // Rows of one trip that stand apart may have lost their line: the later one still has its own.
    const line = Math.max(time.line, before?.line ?? 0);
    const at = { file, line };
    if (stopSequence === before?.stopSequence) {
      const what = `stop_sequence ${stopSequence} stands twice in one trip`;
      return { at, what, expected: 'each once', severity: 'error' };
    }
    if (arrivalS !== undefined && departureS !== undefined) {
      if (arrivalS < clock || departureS < arrivalS) {
        return { at, what: `time runs backwards at stop_sequence ${stopSequence}`, severity: 'warning' };
      }
      clock = departureS;
    }
    before = time;
  }
  return undefined;
}

/** The earliest and the latest time of a trip. */
function spanOf(times: readonly PackedStopTime[]): [first: number | undefined, last: number | undefined] {
  let [first, last]: [number | undefined, number | undefined] = [undefined, undefined];
  for (const { arrivalS, departureS } of times) {
    if (arrivalS === undefined || departureS === undefined) continue;
    first = Math.min(first ?? arrivalS, arrivalS);
    last = Math.max(last ?? departureS, departureS);
  }
  return [first, last];
}
