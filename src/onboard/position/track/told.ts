/** The vehicle is told what to run: by its device file, by the driver, or by the line and the course on its bus. */
import { type EpochMs, epoch } from '../../../core/time.ts';
import type { Observation } from '../observation.ts';
import { advanced } from './advance.ts';
import { settled } from './belief.ts';
import { allows, type Duty, isOpen } from './duty.ts';
import { type Hypothesis, scaled } from './hypothesis.ts';
import type { Runs } from './runs.ts';
import { bornOf, NEW_SEARCH, searchedTold } from './search.ts';
import type { Track } from './track.ts';
import { WEIGHTS } from './weights.ts';

const { wronglyTold, searchEveryMs, searchFrom } = WEIGHTS.elsewhere;

/** Whoever tells may be wrong: what was believed before is doubted, and not forgotten. */
export function told(track: Track, duty: Duty, atMs: EpochMs, runs: Runs): Track {
  const now = advanced(track, atMs, runs);
  const { hypotheses, elsewhere } = now.belief;
  const isTold = ({ run }: Hypothesis) => allows(duty, run);
  const kept = hypotheses.map(one => (isTold(one) ? one : scaled(one, wronglyTold)));
  const followed = hypotheses.reduce((sum, one) => sum + (isTold(one) ? one.mass : 0), 0);
  const mass = (1 - followed) * (1 - wronglyTold);
  const fresh = followed > 0.5 || isOpen(duty) ? [] : bornOf({ ...now, duty }, atMs, mass, runs);
  return {
    ...now,
    duty,
    belief: settled([...kept, ...fresh], elsewhere * wronglyTold),
    search: { ...NEW_SEARCH, toldMs: epoch(atMs + searchEveryMs), untried: !isOpen(duty) },
  };
}

/** The bus says it again and again: that is no news, but of a vehicle that is lost it says what to look for. */
function toldAgain(track: Track, atMs: EpochMs, runs: Runs): Track {
  const now = advanced(track, atMs, runs);
  if (isOpen(now.duty) || now.belief.elsewhere < searchFrom) return now;
  const searched = searchedTold(now, atMs, runs);
  return { ...searched, belief: settled(searched.belief.hypotheses, searched.belief.elsewhere) };
}

type Of<Kind extends Observation['kind']> = Extract<Observation, { kind: Kind }>;

/** A driver who chose a trip of this line is not overruled by the line. */
export function toldLine(track: Track, { line, atMs }: Of<'line'>, runs: Runs): Track {
  if (line === track.bus.line) return toldAgain(track, atMs, runs);
  const heard = { ...track, bus: { ...track.bus, line } };
  const routeIds = runs.routesOfLine(line);
  const { duty } = track;
  const chosen = duty.tripIds.length > 0 && duty.routeIds?.some(routeId => routeIds.includes(routeId));
  return chosen ? heard : told(heard, { by: 'ibis', routeIds, tripIds: [], course: duty.course }, atMs, runs);
}

export function toldCourse(track: Track, { course, atMs }: Of<'course'>, runs: Runs): Track {
  if (course === track.bus.course) return toldAgain(track, atMs, runs);
  const heard = { ...track, bus: { ...track.bus, course } };
  return told(heard, { ...track.duty, by: 'ibis', course }, atMs, runs);
}

/** A driver who names neither route nor trip leaves open what was told before. */
export function toldByDriver(track: Track, { routeId, tripId, atMs }: Of<'driver'>, runs: Runs): Track {
  if (routeId === undefined && tripId === undefined) return track;
  const ofTrip = tripId === undefined ? undefined : runs.ofTrip(tripId, atMs)?.trip.routeId;
  const route = routeId ?? ofTrip;
  const duty: Duty = {
    by: 'driver',
    routeIds: route === undefined ? [] : [route],
    tripIds: tripId === undefined ? [] : [tripId],
    course: undefined,
  };
  return told(track, duty, atMs, runs);
}
