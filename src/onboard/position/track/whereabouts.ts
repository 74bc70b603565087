/**
 * What is said of what is believed: where whoever gets on now gets on. A field is said when it is at least likely, and the
 * whole is called certain when all of it is. A vehicle that does not run what it was told to run is nowhere, until somebody
 * says what it runs instead.
 */
import type { PlaceQuality, PlaceSource } from '../../../core/tap.ts';
import type { EpochMs } from '../../../core/time.ts';
import { type Belief, massOf, settled } from './belief.ts';
import { allows, isOpen } from './duty.ts';
import { endOf, type Hypothesis, ON, regardless } from './hypothesis.ts';
import { moved } from './motion.ts';
import type { Run } from './run.ts';
import type { Track } from './track.ts';
import { WEIGHTS } from './weights.ts';

const { told } = WEIGHTS;

/** In the feed's own names; absent is not known. */
export interface Whereabouts {
  readonly source: PlaceSource;
  readonly quality: PlaceQuality;
  readonly routeId?: string | undefined;
  readonly direction?: number | undefined;
  readonly run?: Run | undefined;
  readonly stopId?: string | undefined;
  /** Which of the run's stops that is. */
  readonly stop?: number | undefined;
  readonly nextStopId?: string | undefined;
}

export function whereabouts(track: Track, atMs: EpochMs): Whereabouts {
  const source = sourceOf(track, atMs);
  const belief = beliefAt(track, atMs);
  const { duty, bus } = track;
  if (!isOpen(duty) && massOf(belief, ({ run }) => allows(duty, run)) < told.likely) {
    return { source, quality: 'unknown' };
  }
  const votes = count(belief);
  const stop = bus.strange === true ? undefined : votes.stops.winner();
  const route = votes.routes.winner();
  const direction = votes.directions.winner();
  const trip = votes.runs.winner();
  const one = heaviest(belief, ({ run }) => run.key === trip?.name);
  const said = [stop, route, trip].flatMap(vote => vote?.share ?? []);
  const isSure =
    said.every(share => share >= told.certain) && source !== 'timetable' && !isDoubtful(track, one, atMs);
  return {
    source,
    quality: stop === undefined ? 'unknown' : isSure ? 'certain' : 'likely',
    routeId: route?.name,
    direction: direction?.name,
    run: one?.run,
    stopId: stop?.name,
    stop: one === undefined ? undefined : stopOf(one, stop?.name),
    nextStopId: one === undefined ? undefined : nextStop(one),
  };
}

/** The run that the vehicle seems to be on instead of what it was told. */
export function runInstead({ belief, duty }: Track): Run | undefined {
  // Nearly always it runs what it was told, and nothing is added up run by run.
  if (massOf(belief, ({ run }) => !allows(duty, run)) < SEEMS) return undefined;
  const runs = regardless(belief.hypotheses);
  return runs.find(({ run, mass }) => mass >= SEEMS && !allows(duty, run))?.run;
}

/** More likely than all else together. */
const SEEMS = 0.5;

/** What says the vehicle's place counts as its source for so long. */
const LIVE_MS = 10 * 60_000;

/** The last that said something, or the timetable alone. */
function sourceOf({ fixes, bus, driverMs }: Track, atMs: EpochMs): PlaceSource {
  const heard: readonly (readonly [PlaceSource, EpochMs | undefined])[] = [
    ['driver', driverMs],
    ['ibis', bus.stopMs],
    ['gnss', fixes.at(-1)?.atMs],
  ];
  let [source, lastMs]: [PlaceSource, number] = ['timetable', atMs - LIVE_MS];
  for (const [name, ms] of heard) if (ms !== undefined && ms >= lastMs) [source, lastMs] = [name, ms];
  return source;
}

/** A belief younger than this need not be moved on. */
const YOUNG_MS = 2000;

/** Where doors were seen to open, riders get on there however far the vehicle has gone; else where it is now counts. */
function beliefAt({ belief, atMs: sinceMs, doors }: Track, atMs: EpochMs): Belief {
  const forMs = atMs - (sinceMs ?? atMs);
  const matters = belief.hypotheses.some(({ boarded }) => boarded === 'unseen');
  if (forMs <= YOUNG_MS || doors.open.length > 0 || !matters) return belief;
  const step = { atMs, forS: forMs / 1000, speed: undefined, doorsHeard: doors.heard };
  return settled(
    belief.hypotheses.map(one => moved(one, step).one),
    belief.elsewhere,
  );
}

class Ballot<Name> {
  readonly #shares = new Map<Name, number>();

  add(name: Name, mass: number): void {
    this.#shares.set(name, (this.#shares.get(name) ?? 0) + mass);
  }

  /** Undefined where none is likely. */
  winner(): { readonly name: Name; readonly share: number } | undefined {
    for (const [name, share] of this.#shares) if (share >= told.likely) return { name, share };
    return undefined;
  }
}

function count({ hypotheses }: Belief) {
  const votes = {
    stops: new Ballot<string>(),
    routes: new Ballot<string>(),
    directions: new Ballot<number | undefined>(),
    runs: new Ballot<string>(),
  };
  for (const one of hypotheses) {
    const { trip, key, path } = one.run;
    votes.routes.add(trip.routeId, one.mass);
    votes.directions.add(trip.directionId, one.mass);
    votes.runs.add(key, one.mass);
    if (one.boarded === 'unseen') countReached(one, votes.stops);
    else if (one.boarded !== 'nowhere') votes.stops.add(path.stopIds[one.boarded] ?? '', one.mass);
  }
  return votes;
}

/** On a detour no stop is reached. */
function countReached(one: Hypothesis, stops: Ballot<string>): void {
  const { path } = one.run;
  for (let cell = one.first; cell < endOf(one); cell += 1) {
    stops.add(path.stopIds[path.reached[cell] ?? 0] ?? '', one.masses[2 * (cell - one.first) + ON] ?? 0);
  }
}

function heaviest({ hypotheses }: Belief, counts: (one: Hypothesis) => boolean): Hypothesis | undefined {
  let best: Hypothesis | undefined;
  for (const one of hypotheses) if (counts(one) && one.mass > (best?.mass ?? 0)) best = one;
  return best;
}

/** Doors that were heard fall silent, or are not heard at all and the vehicle has gone on: riders may have got on elsewhere. */
function isDoubtful(track: Track, one: Hypothesis | undefined, atMs: EpochMs): boolean {
  if (one === undefined || one.boarded === 'nowhere') return false;
  const { doors } = track;
  const { passed, stopCells, cellM } = one.run.path;
  const cell = middleOf(one);
  const stop = passed[cell] ?? 0;
  if (one.boarded !== 'unseen') return doors.heard && stop - one.boarded > told.silentStops;
  return doors.heard || !stands(track, atMs) || (cell - (stopCells[stop] ?? 0)) * cellM > told.pastM;
}

/** The receiver says so, and has just said it: whoever taps in a vehicle that goes got on before. */
function stands({ fixes }: Track, atMs: EpochMs): boolean {
  const fix = fixes.at(-1);
  if (fix?.speedMps === undefined || atMs - fix.atMs > WEIGHTS.fix.freshMs) return false;
  return fix.speedMps < WEIGHTS.doors.closedFromMps;
}

/** A trip may come to the same stop twice. */
function stopOf(one: Hypothesis, stopId: string | undefined): number | undefined {
  const stop = typeof one.boarded === 'number' ? one.boarded : (one.run.path.reached[middleOf(one)] ?? 0);
  return stopId !== undefined && one.run.path.stopIds[stop] === stopId ? stop : undefined;
}

/** The stop after the one where riders get on, or after the last that was passed since. */
function nextStop(one: Hypothesis): string | undefined {
  const { path } = one.run;
  const passed = path.passed[middleOf(one)] ?? 0;
  const at = typeof one.boarded === 'number' ? one.boarded : (path.reached[middleOf(one)] ?? 0);
  return path.stopIds[Math.max(at, passed) + 1];
}

/** The cell in which it is on the average. */
function middleOf({ first, masses, mass }: Hypothesis): number {
  let sum = 0;
  for (let at = 0; at < masses.length; at += 1) sum += (at >> 1) * (masses[at] ?? 0);
  return first + Math.round(sum / mass);
}
