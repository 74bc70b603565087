/**
 * Trips, their days of service and their shapes out of the database.
 */
import { assert } from '../../core/error.ts';
import { addDays, DAY_S, type ServiceDate, secondsInto, serviceDateAt, weekdayOf } from '../../core/time.ts';
import type { Database } from '../../disk/sqlite.ts';
import { unpackShape } from './shape.ts';
import { unpackStopTimes } from './stop-times.ts';
import type { Margin, Stops } from './stops.ts';
import type { StopTime, TripHead, TripRun } from './trip.ts';

interface TripRow {
  readonly line: number;
  readonly trip_id: string;
  readonly route_id: string;
  readonly service_id: string;
  readonly trip_headsign: string | null;
  readonly direction_id: number | null;
  readonly block_id: string | null;
  readonly shape_id: string | null;
  readonly first_s: number | null;
  readonly last_s: number | null;
}

const SELECT_TRIP = 'SELECT trips.*, first_s, last_s FROM trips LEFT JOIN stop_times ON trip = trips.line';

const WEEKDAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'] as const;

/** calendar_dates adds a day to the calendar (1) or takes it away (2). */
const RUNS_ON = WEEKDAYS.map(
  weekday => `service_id IN (
    SELECT service_id FROM calendar WHERE ${weekday} = 1 AND start_date <= @date AND end_date >= @date
    EXCEPT SELECT service_id FROM calendar_dates WHERE date = @date AND exception_type = 2
    UNION SELECT service_id FROM calendar_dates WHERE date = @date AND exception_type = 1)`,
);

export function tripQueries(
  database: Database,
): Pick<Stops, 'trip' | 'shape' | 'tripsOn' | 'tripsAt' | 'tripsOfBlock'> {
  const byId = database.prepare<[string], TripRow>(`${SELECT_TRIP} WHERE trip_id = ?`);
  const timesOf = stopTimesQuery(database);
  const shape = database.prepare<[string], Buffer>('SELECT packed FROM shapes WHERE shape_id = ?').pluck();
  const onDay = RUNS_ON.map(runs =>
    database.prepare<{ route: string; date: number }, TripRow>(
      `${SELECT_TRIP} WHERE route_id = @route AND ${runs} ORDER BY first_s, trips.line`,
    ),
  );
  const ofBlock = RUNS_ON.map(runs =>
    database.prepare<{ block: string; date: number }, TripRow>(
      `${SELECT_TRIP} WHERE block_id = @block AND ${runs} ORDER BY first_s, trips.line`,
    ),
  );
  const lastS = database.prepare<[], number>('SELECT coalesce(last_s, 0) FROM feed').pluck().get() ?? 0;

  const tripsOn = (route: string, serviceDate: ServiceDate): readonly TripRun[] => {
    const rows = onDay[weekdayOf(serviceDate)]?.all({ route, date: serviceDate }) ?? [];
    return rows.map(row => ({ ...headOf(row), serviceDate }));
  };
  return {
    tripsOn,
    tripsAt: (routeId, zone, at, margin = NO_MARGIN) => {
      const today = serviceDateAt(zone, 0, at);
      return daysAround(today, lastS).flatMap(date => {
        const seconds = secondsInto(zone, date, at);
        return tripsOn(routeId, date).filter(trip => isUnderWay(trip, seconds, margin));
      });
    },
    tripsOfBlock: (block, serviceDate) => {
      const rows = ofBlock[weekdayOf(serviceDate)]?.all({ block, date: serviceDate }) ?? [];
      return rows.map(row => ({ ...headOf(row), serviceDate }));
    },
    trip: tripId => {
      const row = byId.get(tripId);
      return row === undefined ? undefined : { ...headOf(row), stopTimes: timesOf(row.line) };
    },
    shape: shapeId => {
      const packed = shape.get(shapeId);
      return packed === undefined ? undefined : unpackShape(packed);
    },
  };
}

/**
 * The days of service that may be under way on `today`: those whose trips run past midnight into it, and tomorrow,
 * whose timetable begins at 23:00 where clocks go forward (its zero is noon less twelve hours).
 */
function daysAround(today: ServiceDate, lastS: number): readonly ServiceDate[] {
  const back = Math.floor(lastS / DAY_S) + 1;
  return Array.from({ length: back + 2 }, (_, index) => addDays(today, index - back));
}

const NO_MARGIN: Margin = { earlyS: 0, lateS: 0 };

function isUnderWay({ firstS, lastS }: TripHead, seconds: number, { earlyS, lateS }: Margin): boolean {
  if (firstS === undefined || lastS === undefined) return false;
  return firstS - earlyS <= seconds && seconds <= lastS + lateS;
}

function stopTimesQuery(database: Database): (tripLine: number) => readonly StopTime[] {
  const packed = database.prepare<[number], Buffer>('SELECT packed FROM stop_times WHERE trip = ?').pluck();
  const stopId = database.prepare<[number], string>('SELECT stop_id FROM stops WHERE line = ?').pluck();
  return tripLine => {
    const bytes = packed.get(tripLine);
    if (bytes === undefined) return [];
    return unpackStopTimes(bytes).map(({ stop, ...time }) => {
      const id = stopId.get(stop);
      assert(id !== undefined, 'a stop time names a row of stops');
      return { stopId: id, ...time };
    });
  };
}

function headOf(row: TripRow): TripHead {
  return {
    tripId: row.trip_id,
    routeId: row.route_id,
    serviceId: row.service_id,
    headsign: row.trip_headsign ?? undefined,
    directionId: row.direction_id ?? undefined,
    blockId: row.block_id ?? undefined,
    shapeId: row.shape_id ?? undefined,
    firstS: row.first_s ?? undefined,
    lastS: row.last_s ?? undefined,
  };
}
