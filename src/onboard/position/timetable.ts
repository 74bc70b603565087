/**
 * Where a vehicle should be by the timetable: the trip of its route that runs now, and the last stop it has reached.
 * It keeps to its trip until that ends, then waits where the next trip of its block begins. Without a block, or after
 * its last trip, it takes the trip that began last.
 */
import { known } from '../../core/known.ts';
import type { Place } from '../../core/tap.ts';
import { type EpochMs, epoch, secondsInto, type Zone } from '../../core/time.ts';
import type { Stops } from '../stops/stops.ts';
import type { StopTime, TripRun } from '../stops/trip.ts';
import { placeOfRoute, placeOfStop } from './places.ts';
import type { Position } from './position.ts';

/** A vehicle stands at the first stop of its first trip for so long before it leaves. */
const EARLY_S = 15 * 60;

/** After a longer wait between two trips it was somewhere else meanwhile, and comes back as to a first one. */
const LONGEST_LAYOVER_S = 60 * 60;

interface Running {
  readonly run: TripRun;
  readonly stopTimes: readonly StopTime[];
  /** Seconds into the service day between which this is its trip: also while it waits at the first stop. */
  readonly fromS: number;
  readonly untilS: number;
}

export function timetablePosition(stops: Stops, zone: Zone, routeId: string): Position {
  return new TimetablePosition(stops, zone, routeId);
}

class TimetablePosition implements Position {
  readonly #stops: Stops;
  readonly #zone: Zone;
  readonly #routeId: string;
  readonly #offDuty: Place;
  #running: Running | undefined;
  #onRun: TripRun | undefined;
  #reached: StopTime | undefined;
  #place: Place;

  constructor(stops: Stops, zone: Zone, routeId: string) {
    this.#stops = stops;
    this.#zone = zone;
    this.#routeId = routeId;
    const route = stops.route(routeId);
    this.#offDuty = {
      source: 'timetable',
      quality: 'unknown',
      ...(route === undefined ? {} : placeOfRoute(route)),
    };
    this.#place = this.#offDuty;
  }

  placeAt(atMs: EpochMs): Place {
    if (!this.#isRunning(atMs)) this.#running = this.#nextRun(atMs);
    if (this.#running === undefined) return this.#moveTo(undefined, undefined);
    const { run, stopTimes } = this.#running;
    const atS = secondsInto(this.#zone, run.serviceDate, atMs);
    const reached =
      stopTimes.findLast(({ arrivalS }) => arrivalS !== undefined && arrivalS <= atS) ?? stopTimes[0];
    return this.#moveTo(run, reached);
  }

  /** The same stop of the same trip is the same place: nothing changed, and nothing is looked up. */
  #moveTo(run: TripRun | undefined, reached: StopTime | undefined): Place {
    if (run === this.#onRun && reached === this.#reached) return this.#place;
    this.#onRun = run;
    this.#reached = reached;
    this.#place = run === undefined ? this.#offDuty : this.#placeOn(run, reached);
    return this.#place;
  }

  #isRunning(atMs: EpochMs): boolean {
    if (this.#running === undefined) return false;
    const { run, fromS, untilS } = this.#running;
    const atS = secondsInto(this.#zone, run.serviceDate, atMs);
    return fromS <= atS && atS <= untilS;
  }

  #nextRun(atMs: EpochMs): Running | undefined {
    return this.#nextOfBlock(atMs) ?? this.#anyRun(atMs);
  }

  #nextOfBlock(atMs: EpochMs): Running | undefined {
    const before = this.#running?.run;
    if (before?.blockId === undefined) return undefined;
    const atS = secondsInto(this.#zone, before.serviceDate, atMs);
    let waitsFromS = Number.NEGATIVE_INFINITY;
    for (const run of this.#stops.tripsOn(this.#routeId, before.serviceDate)) {
      const { firstS, lastS } = run;
      if (run.blockId !== before.blockId || firstS === undefined || lastS === undefined) continue;
      const layover = firstS - waitsFromS <= LONGEST_LAYOVER_S;
      const fromS = layover ? waitsFromS : firstS - EARLY_S;
      if (fromS <= atS && atS <= lastS) return this.#load(run, fromS, lastS);
      waitsFromS = lastS;
    }
    return undefined;
  }

  /** The last to begin has most of its way before it; with nothing under way, the next to leave. */
  #anyRun(atMs: EpochMs): Running | undefined {
    const now = this.#stops.tripsAt(this.#routeId, this.#zone, atMs).at(-1);
    const run = now ?? this.#stops.tripsAt(this.#routeId, this.#zone, epoch(atMs + EARLY_S * 1000))[0];
    if (run?.firstS === undefined || run.lastS === undefined) return undefined;
    return this.#load(run, run.firstS - EARLY_S, run.lastS);
  }

  #load(run: TripRun, fromS: number, untilS: number): Running | undefined {
    const stopTimes = this.#stops.trip(run.tripId)?.stopTimes;
    return stopTimes === undefined ? undefined : { run, stopTimes, fromS, untilS };
  }

  #placeOn(run: TripRun, reached: StopTime | undefined): Place {
    const stop = reached === undefined ? undefined : this.#stops.stop(reached.stopId);
    return known({
      ...this.#offDuty,
      quality: 'likely',
      tripId: run.tripId,
      direction: run.directionId,
      stopSequence: reached?.stopSequence,
      ...(stop === undefined ? {} : placeOfStop(stop)),
    });
  }
}
