/**
 * Where a vehicle is by all that it hears: its receiver, its bus, its doors and its driver, against the timetable. The
 * shell around the tracker: it keeps the track, and names places as the feed does.
 */
import { known } from '../../core/known.ts';
import type { Place } from '../../core/tap.ts';
import type { EpochMs } from '../../core/time.ts';
import type { Stops } from '../stops/stops.ts';
import type { Observation } from './observation.ts';
import { placeOfRoute, placeOfStop } from './places.ts';
import type { HearingPosition, Instead } from './position.ts';
import { observe } from './track/observe.ts';
import type { Runs } from './track/runs.ts';
import { NEW_TRACK, type Track } from './track/track.ts';
import { runInstead, type Whereabouts, whereabouts } from './track/whereabouts.ts';

/** `routeId`: the line the vehicle runs until it is told another. */
export function followedPosition(stops: Stops, runs: Runs, routeId?: string): HearingPosition {
  return new FollowedPosition(stops, runs, routeId);
}

class FollowedPosition implements HearingPosition {
  readonly #stops: Stops;
  readonly #runs: Runs;
  #track: Track;
  #said: Whereabouts | undefined;
  #place: Place | undefined;

  constructor(stops: Stops, runs: Runs, routeId: string | undefined) {
    this.#stops = stops;
    this.#runs = runs;
    const duty = { ...NEW_TRACK.duty, routeIds: routeId === undefined ? undefined : [routeId] };
    this.#track = { ...NEW_TRACK, duty };
  }

  observe(seen: Observation): void {
    this.#track = observe(this.#track, seen, this.#runs);
  }

  placeAt(atMs: EpochMs): Place {
    const said = whereabouts(this.#track, atMs);
    if (this.#place !== undefined && this.#said !== undefined && isSame(said, this.#said)) return this.#place;
    this.#said = said;
    this.#place = this.#named(said);
    return this.#place;
  }

  instead(): Instead | undefined {
    const run = runInstead(this.#track);
    if (run === undefined) return undefined;
    const { tripId, routeId, headsign } = run.trip;
    return { tripId, routeId, line: this.#stops.route(routeId)?.line, headsign };
  }

  #named({ source, quality, routeId, direction, run, stopId, stop: index, nextStopId }: Whereabouts): Place {
    const route = routeId === undefined ? undefined : this.#stops.route(routeId);
    const stop = stopId === undefined ? undefined : this.#stops.stop(stopId);
    return known({
      source,
      quality,
      ...(route === undefined ? {} : placeOfRoute(route)),
      tripId: run?.trip.tripId,
      direction,
      ...(stop === undefined ? {} : placeOfStop(stop)),
      stopSequence: index === undefined ? undefined : run?.stopSequences[index],
      nextStopId,
      lastStopId: run?.path.stopIds.at(-1),
    });
  }
}

function isSame(a: Whereabouts, b: Whereabouts): boolean {
  return (
    a.quality === b.quality &&
    a.stopId === b.stopId &&
    a.stop === b.stop &&
    a.nextStopId === b.nextStopId &&
    a.run?.key === b.run?.key &&
    a.routeId === b.routeId &&
    a.direction === b.direction &&
    a.source === b.source
  );
}
