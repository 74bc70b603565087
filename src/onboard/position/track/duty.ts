/** What the vehicle was told to run: by its device file, its driver or its bus; and the block goes on from there. */
import type { EpochMs } from '../../../core/time.ts';
import type { Run } from './run.ts';
import type { Runs } from './runs.ts';

export interface Duty {
  readonly by: 'device' | 'driver' | 'ibis';
  /** Undefined: any. Empty: a line that the feed does not know, and so none. */
  readonly routeIds: readonly string[] | undefined;
  /** The trip that was chosen, and those of its block that have begun since. Empty: any of the routes. */
  readonly tripIds: readonly string[];
  /** The number within the line by which a vehicle's block is called. */
  readonly course: number | undefined;
}

export const OPEN: Duty = { by: 'device', routeIds: undefined, tripIds: [], course: undefined };

export function isOpen({ routeIds, tripIds }: Duty): boolean {
  return routeIds === undefined && tripIds.length === 0;
}

export function allows({ routeIds, tripIds, course }: Duty, { trip }: Run): boolean {
  if (tripIds.length > 0) return tripIds.includes(trip.tripId);
  if (routeIds !== undefined && !routeIds.includes(trip.routeId)) return false;
  return course === undefined || isCourse(course, trip.blockId);
}

/**
 * Feeds have no courses. A block that is called by a number, or whose name ends in one (`bus-25-weekday-3`), is that
 * course; of any other block nothing is known, and it is not refused.
 */
function isCourse(course: number, blockId: string | undefined): boolean {
  const number = /(?:^|\D)(\d{1,2})$/.exec(blockId ?? '')?.[1];
  return number === undefined || Number(number) === course;
}

/** The runs that it may be. None when it is open: then every route has to be looked through. */
export function runsOfDuty(duty: Duty, atMs: EpochMs, runs: Runs): readonly Run[] {
  const { routeIds = [], tripIds } = duty;
  if (tripIds.length > 0) return tripIds.flatMap(tripId => runs.ofTrip(tripId, atMs) ?? []);
  return routeIds.flatMap(routeId => runs.about(routeId, atMs).filter(run => allows(duty, run)));
}

/** The other runs of a chosen trip's routes: what a driver who chose wrongly meant to choose, most often. */
export function runsBeside(duty: Duty, atMs: EpochMs, runs: Runs): readonly Run[] {
  return (duty.routeIds ?? []).flatMap(routeId =>
    runs.about(routeId, atMs).filter(({ trip }) => !duty.tripIds.includes(trip.tripId)),
  );
}

/** A block goes on: the run after one that was allowed is allowed too, be it on another route. */
export function goesOn(duty: Duty, after: Run, { trip }: Run): Duty {
  const { routeIds, tripIds } = duty;
  if (!allows(duty, after)) return duty;
  const isNew = tripIds.length > 0 && !tripIds.includes(trip.tripId);
  const isOther = routeIds !== undefined && !routeIds.includes(trip.routeId);
  if (!isNew && !isOther) return duty;
  return {
    ...duty,
    routeIds: isOther ? [...routeIds, trip.routeId] : routeIds,
    tripIds: isNew ? [...tripIds, trip.tripId] : tripIds,
  };
}
