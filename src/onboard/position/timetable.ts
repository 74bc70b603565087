/**
 * Where a vehicle should be by the timetable: the trip of its route that runs now, and the last stop it has reached.
 * It keeps to its trip until that ends, then goes on with its block, or with the trip that began last.
 */
import { known } from '../../core/known.ts';
import type { Place } from '../../core/tap.ts';
import { type EpochMs, epoch, secondsInto, type Zone } from '../../core/time.ts';
import type { Stops } from '../stops/stops.ts';
import type { StopTime, TripRun } from '../stops/trip.ts';
import { placeOfRoute, placeOfStop } from './places.ts';
import type { Position } from './position.ts';

/** A vehicle stands at the first stop of its next trip for so long before it leaves. */
const LAYOVER_S = 15 * 60;

interface Running {
  readonly run: TripRun;
  readonly stopTimes: readonly StopTime[];
  readonly firstS: number;
  readonly lastS: number;
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
    const atS = secondsInto(this.#zone, this.#running.run.serviceDate, atMs);
    return atS >= this.#running.firstS - LAYOVER_S && atS <= this.#running.lastS;
  }

  #nextRun(atMs: EpochMs): Running | undefined {
    const block = this.#running?.run.blockId;
    const now = this.#stops.tripsAt(this.#routeId, this.#zone, atMs);
    const soon = this.#stops.tripsAt(this.#routeId, this.#zone, epoch(atMs + LAYOVER_S * 1000));
    const ofBlock = block === undefined ? undefined : [...now, ...soon].find(run => run.blockId === block);
    // The last to begin has most of its way before it; with nothing under way, the next to leave.
    const run = ofBlock ?? now.at(-1) ?? soon[0];
    return run === undefined ? undefined : this.#load(run);
  }

  #load(run: TripRun): Running | undefined {
    const { firstS, lastS } = run;
    const stopTimes = this.#stops.trip(run.tripId)?.stopTimes;
    if (firstS === undefined || lastS === undefined || stopTimes === undefined) return undefined;
    return { run, stopTimes, firstS, lastS };
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
