/**
 * Follows a vehicle: one pure function (track, observation) -> track. A Bayesian filter over the runs the vehicle may be
 * on, the cells along each of them, and the stop at which its doors opened last; the order of a trip's stops is its
 * backbone. Time comes with the observations, the timetable is asked through `Runs`.
 */
import type { Fix, Observation } from '../observation.ts';
import { advanced, movedOnTo } from './advance.ts';
import { settled } from './belief.ts';
import { seenAt, seenElsewhere, sight } from './evidence.ts';
import { heardDestination, heardDoors, heardNextStop, heardStop, saidStop } from './heard.ts';
import { onPlane } from './plane.ts';
import type { Runs } from './runs.ts';
import { searched } from './search.ts';
import { setBack } from './set-back.ts';
import { recent, speedAt } from './speed.ts';
import { toldByDriver, toldCourse, toldLine } from './told.ts';
import type { Doors, Track } from './track.ts';
import { WEIGHTS } from './weights.ts';

export function observe(before: Track, seen: Observation, runs: Runs): Track {
  const track = setBack(before, seen.atMs);
  switch (seen.kind) {
    case 'fix':
      return seenFix(track, seen, runs);
    case 'no-fix':
      return track;
    case 'doors':
      return heardDoors(track, seen, runs);
    case 'line':
      return toldLine(track, seen, runs);
    case 'course':
      return toldCourse(track, seen, runs);
    case 'destination':
      return heardDestination(track, seen, runs);
    case 'stop':
      return heardStop(track, seen, runs);
    case 'next-stop':
      return heardNextStop(track, seen, runs);
    case 'driver':
      return heardDriver(toldByDriver(track, seen, runs), seen, runs);
    default:
      return seen satisfies never;
  }
}

function heardDriver(
  track: Track,
  { stopId, atMs }: Extract<Observation, { kind: 'driver' }>,
  runs: Runs,
): Track {
  if (stopId === undefined) return track;
  const now = advanced(track, atMs, runs);
  return { ...now, driverMs: atMs, belief: saidStop(now, new Set([stopId])) };
}

function seenFix(track: Track, fix: Fix, runs: Runs): Track {
  const doors = contradicted(track, fix, runs);
  const speed = speedAt(fix, track.fixes, runs.plane);
  const now = searched(movedOnTo({ ...track, doors }, fix.atMs, speed, runs), fix, runs);
  const before = track.fixes.at(-1);
  const sinceS = before === undefined ? Number.POSITIVE_INFINITY : (fix.atMs - before.atMs) / 1000;
  const seen = sight(runs.plane, fix, sinceS);
  const { hypotheses, elsewhere } = now.belief;
  return {
    ...now,
    fixes: recent(track.fixes, fix),
    bus: now.bus.strange === true ? { ...now.bus, strange: false } : now.bus,
    belief: settled(seenAt(hypotheses, seen), elsewhere * seenElsewhere(seen)),
  };
}

/** Some fixes lie; so many in a row say that the doors are closed, and their wire did not say so. */
const CONTRADICTIONS = 4;

function contradicted({ doors }: Track, fix: Fix, { plane }: Runs): Doors {
  if (doors.open.length === 0) return doors;
  const at = doors.at ?? fix;
  const [from, to] = [onPlane(plane, at.lat, at.lon), onPlane(plane, fix.lat, fix.lon)];
  const { closedFromM, closedFromMps } = WEIGHTS.doors;
  const goes =
    (fix.speedMps ?? 0) >= closedFromMps || Math.hypot(to.x - from.x, to.y - from.y) >= closedFromM;
  const times = goes ? doors.contradicted + 1 : 0;
  if (times < CONTRADICTIONS) return { ...doors, at, contradicted: times };
  return { heard: true, open: [], at: undefined, contradicted: 0 };
}
