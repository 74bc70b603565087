/**
 * The timetable as the tracker asks for it, out of the stops database: which runs there may be at a moment, and on which
 * paths. What was made is kept, up to a limit: the next question is nearly always about the same.
 */
import { type EpochMs, epoch, type Zone, zeroOfDay } from '../../../core/time.ts';
import type { Stops } from '../../stops/stops.ts';
import type { StopTime, TripHead, TripRun } from '../../stops/trip.ts';
import type { Fix } from '../observation.ts';
import { type LineStop, lineThrough } from './line.ts';
import { type Path, pathAlong } from './path.ts';
import { onPlane, type Plane, type Point, planeAt } from './plane.ts';
import { type Run, type Timed, withoutLeaps } from './run.ts';

/** A trip is asked for only where all its stops have a place and its ends a time: no other can be followed. */
export interface Runs {
  readonly plane: Plane;
  /** The routes that stop near a fix. */
  routesNear(fix: Fix): readonly string[];
  /** The runs of a route that are under way, late, or about to begin. */
  about(routeId: string, atMs: EpochMs): readonly Run[];
  /** The run of a trip that is nearest in time. */
  ofTrip(tripId: string, atMs: EpochMs): Run | undefined;
  /** What the same vehicle runs next; undefined where the feed has no block, or the vehicle goes home. */
  after(run: Run): Run | undefined;
  routesOfLine(line: string): readonly string[];
  /** The stops with an operator's number: stop_code, else stop_id. */
  stopsOfNumber(number: string): readonly string[];
  stopName(stopId: string): string | undefined;
}

/** Farther from a stop there is none on its way, but for express lines. */
const NEAR_M = 1000;

/** A vehicle stands at its first stop so long before it leaves, and comes to its last one so late. */
const MARGIN = { earlyS: 20 * 60, lateS: 75 * 60 };

/** After a longer wait between two trips the vehicle was somewhere else meanwhile. */
const LONGEST_LAYOVER_S = 60 * 60;

/** Kept at the most; then the oldest is made anew when it is asked for again. */
const MOST = { runs: 1024, about: 256, paths: 256, places: 20_000 };

/** `zone` is the feed's time zone, compiled. */
export function runsOf(stops: Stops, zone: Zone): Runs {
  return new FeedRuns(stops, zone);
}

class FeedRuns implements Runs {
  readonly plane: Plane;
  readonly #stops: Stops;
  readonly #zone: Zone;
  readonly #runs = new Map<string, Run | undefined>();
  readonly #about = new Map<string, readonly Run[]>();
  readonly #paths = new Map<string, Path>();
  readonly #places = new Map<string, Point | undefined>();
  readonly #next = new Map<string, Run | undefined>();

  constructor(stops: Stops, zone: Zone) {
    this.#stops = stops;
    this.#zone = zone;
    const [somewhere] = stops.near(0, 0, 1);
    this.plane = planeAt(somewhere?.lat ?? 0, somewhere?.lon ?? 0);
  }

  routesNear({ lat, lon }: Fix): readonly string[] {
    return this.#stops.routesNear(lat, lon, NEAR_M);
  }

  about(routeId: string, atMs: EpochMs): readonly Run[] {
    const minute = Math.floor(atMs / 60_000);
    return remembered(this.#about, `${routeId}/${minute}`, MOST.about, () => {
      const trips = this.#stops.tripsAt(routeId, this.#zone, epoch(minute * 60_000), MARGIN);
      return trips.flatMap(trip => this.#runOf(trip) ?? []);
    });
  }

  ofTrip(tripId: string, atMs: EpochMs): Run | undefined {
    const trip = this.#stops.trip(tripId);
    if (trip === undefined) return undefined;
    const now = this.#stops.tripsAt(trip.routeId, this.#zone, atMs, MARGIN);
    const runs = now.flatMap(run => (run.tripId === tripId ? (this.#runOf(run) ?? []) : []));
    const offS = ({ zeroMs, departsS, arrivesS }: Run) => {
      const atS = (atMs - zeroMs) / 1000;
      return Math.max((departsS[0] ?? 0) - atS, atS - (arrivesS.at(-1) ?? 0));
    };
    return runs.sort((a, b) => offS(a) - offS(b))[0];
  }

  after(run: Run): Run | undefined {
    return remembered(this.#next, run.key, MOST.runs, () => this.#nextOfBlock(run.trip));
  }

  #nextOfBlock({ blockId, serviceDate, lastS, tripId }: TripRun): Run | undefined {
    if (blockId === undefined || lastS === undefined) return undefined;
    const block = this.#stops.tripsOfBlock(blockId, serviceDate);
    const next = block[block.findIndex(trip => trip.tripId === tripId) + 1];
    if (next?.firstS === undefined || next.firstS - lastS > LONGEST_LAYOVER_S) return undefined;
    return this.#runOf(next);
  }

  routesOfLine(line: string): readonly string[] {
    return this.#stops.routeIds().filter(routeId => sameLine(this.#stops.route(routeId)?.line ?? '', line));
  }

  stopsOfNumber(number: string): readonly string[] {
    return this.#stops.stopsOfNumber(number);
  }

  stopName(stopId: string): string | undefined {
    return this.#stops.stop(stopId)?.name;
  }

  #runOf(trip: TripRun): Run | undefined {
    const key = `${trip.tripId}/${trip.serviceDate}`;
    return remembered(this.#runs, key, MOST.runs, () => this.#makeRun(key, trip));
  }

  #makeRun(key: string, trip: TripRun): Run | undefined {
    const stopTimes = this.#stops.trip(trip.tripId)?.stopTimes ?? [];
    const points = stopTimes.flatMap(({ stopId }) => this.#placeOf(stopId) ?? []);
    if (points.length === 0 || points.length < stopTimes.length) return undefined;
    const timed = timesOf(stopTimes, points);
    if (timed === undefined) return undefined;
    const path = this.#pathOf(trip, stopTimes, points, timed);
    return {
      key,
      trip,
      path,
      stopSequences: stopTimes.map(({ stopSequence }) => stopSequence),
      zeroMs: zeroOfDay(this.#zone, trip.serviceDate),
      ...withoutLeaps(timed, path),
    };
  }

  #pathOf(
    { shapeId }: TripHead,
    stopTimes: readonly StopTime[],
    points: readonly Point[],
    { arrivesS }: Timed,
  ): Path {
    const stopIds = stopTimes.map(({ stopId }) => stopId);
    return remembered(this.#paths, `${shapeId} ${stopIds.join(' ')}`, MOST.paths, () => {
      const places = points.map(
        (point, stop): LineStop => ({
          ...point,
          distance: stopTimes[stop]?.distance,
          dueS: arrivesS[stop] ?? 0,
        }),
      );
      const shape = shapeId === undefined ? [] : (this.#stops.shape(shapeId) ?? []);
      const drawn = shape.map(({ lat, lon, distance }) => ({ ...onPlane(this.plane, lat, lon), distance }));
      return pathAlong(
        lineThrough(places, drawn),
        points.map((pole, stop) => ({ pole, stopId: stopIds[stop] ?? '' })),
      );
    });
  }

  #placeOf(stopId: string): Point | undefined {
    return remembered(this.#places, stopId, MOST.places, () => {
      const { lat, lon } = this.#stops.stop(stopId) ?? {};
      return lat === undefined || lon === undefined ? undefined : onPlane(this.plane, lat, lon);
    });
  }
}

function remembered<Made>(kept: Map<string, Made>, key: string, most: number, make: () => Made): Made {
  const known = kept.get(key);
  if (known !== undefined || kept.has(key)) return known as Made;
  const made = make();
  const [oldest] = kept.keys();
  if (kept.size >= most && oldest !== undefined) kept.delete(oldest);
  kept.set(key, made);
  return made;
}

/** A vehicle bus sends a line in as many digits as it has places. */
function sameLine(a: string, b: string): boolean {
  return withoutZeros(a) === withoutZeros(b);
}

function withoutZeros(line: string): string {
  return line
    .trim()
    .replace(/^0+(?=.)/, '')
    .toLowerCase();
}

/** Between two stops with a time the vehicle goes evenly. Undefined where an end of the trip has none. */
function timesOf(stopTimes: readonly StopTime[], points: readonly Point[]): Timed | undefined {
  const arrivesS = new Float64Array(stopTimes.length);
  const departsS = new Float64Array(stopTimes.length);
  let timed = -1;
  for (const [stop, { arrivalS, departureS }] of stopTimes.entries()) {
    if (arrivalS === undefined || departureS === undefined) continue;
    if (timed < 0 && stop > 0) return undefined;
    arrivesS[stop] = arrivalS;
    departsS[stop] = departureS;
    const legs = Array.from({ length: stop - timed - 1 }, (_, leg) => timed + 1 + leg);
    const lengths = [...legs, stop].map(to => apart(points[to - 1], points[to]));
    const whole = lengths.reduce((sum, length) => sum + length, 0);
    let gone = 0;
    for (const [leg, between] of legs.entries()) {
      gone += lengths[leg] ?? 0;
      const leftS = departsS[timed] ?? 0;
      const share = whole > 0 ? gone / whole : 0;
      arrivesS[between] = leftS + (arrivalS - leftS) * share;
      departsS[between] = arrivesS[between] ?? 0;
    }
    timed = stop;
  }
  return timed === stopTimes.length - 1 ? { arrivesS, departsS } : undefined;
}

function apart(from: Point | undefined, to: Point | undefined): number {
  return from === undefined || to === undefined ? 0 : Math.hypot(to.x - from.x, to.y - from.y);
}
