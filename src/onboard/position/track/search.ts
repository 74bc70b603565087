/**
 * Where what is seen fits no run that is followed, others are tried: first those that the vehicle was told to run, and
 * if none of them explains it, those of every route, one route at a time, so that no step takes long.
 */
import { type EpochMs, epoch } from '../../../core/time.ts';
import type { Fix } from '../observation.ts';
import { born, massAtBirth, type Stretch } from './birth.ts';
import { opened } from './boarding.ts';
import { isOpen, runsBeside, runsOfDuty } from './duty.ts';
import { type Hypothesis, scaled } from './hypothesis.ts';
import type { Path } from './path.ts';
import { onPlane, type Point } from './plane.ts';
import { intoRunS, type Run } from './run.ts';
import type { Runs } from './runs.ts';
import type { Track } from './track.ts';
import { WEIGHTS } from './weights.ts';

const { elsewhere: weights } = WEIGHTS;

export interface Search {
  /** When the runs of the duty are tried again, and when those of the routes around. */
  readonly toldMs: EpochMs | undefined;
  readonly widerMs: EpochMs | undefined;
  /** Routes whose runs are yet to be gathered, and the runs gathered so far. */
  readonly routeIds: readonly string[];
  readonly gathered: readonly Run[];
  /** Whether what was told has yet to stand beside all else that runs here. */
  readonly untried: boolean;
}

export const NEW_SEARCH: Search = {
  toldMs: undefined,
  widerMs: undefined,
  routeIds: [],
  gathered: [],
  untried: false,
};

/** The runs of a duty by the timetable, `mass` of them all together, and others of its routes in case it is wrong. */
export function bornOf(track: Track, atMs: EpochMs, mass: number, runs: Runs): Hypothesis[] {
  const { duty } = track;
  const told = runsOfDuty(duty, atMs, runs).map(run => ({ run, weight: 1 }));
  if (told.length === 0) return [];
  const weight = duty.tripIds.length > 0 ? weights.wronglyTold / RUNS_A_ROUTE : 0;
  const others = weight > 0 ? runsBeside(duty, atMs, runs).map(run => ({ run, weight })) : [];
  return bornAt([...told, ...others], track, atMs, mass);
}

/** A route has about so many runs at a time. */
const RUNS_A_ROUTE = 8;

interface Newborn {
  readonly run: Run;
  readonly weight: number;
  /** Where it is looked for; absent is all along. */
  readonly stretch?: Stretch;
}

/** `mass` is that of them all on their whole paths. Of a vehicle whose doors are open it is known that it stands at a stop. */
function bornAt(all: readonly Newborn[], { doors }: Track, atMs: EpochMs, mass: number): Hypothesis[] {
  const whole = all.reduce((sum, { run, weight }) => sum + weight * massAtBirth(run, intoRunS(run, atMs)), 0);
  if (!(whole > 0)) return [];
  const hypotheses = all.map(({ run, weight, stretch }) =>
    scaled(born(run, intoRunS(run, atMs), stretch), (weight * mass) / whole),
  );
  return doors.open.length > 0 ? opened(hypotheses) : hypotheses;
}

/** One step of the search, at a fix: whoever weighs it settles the belief. */
export function searched(track: Track, fix: Fix, runs: Runs): Track {
  const { belief, duty, search } = track;
  if (search.untried) return searchedAround(track, fix, runs);
  if (belief.elsewhere < weights.searchFrom) return track;
  const again = searchedTold(track, fix.atMs, runs);
  const isWide = isOpen(duty) || again.belief.elsewhere >= weights.widerFrom;
  return isWide ? searchedAround(again, fix, runs) : again;
}

/** The runs of the duty stand beside what is followed, once more. */
export function searchedTold(track: Track, atMs: EpochMs, runs: Runs): Track {
  const { toldMs } = track.search;
  if (toldMs !== undefined && atMs < toldMs) return track;
  const mass = weights.found * track.belief.elsewhere;
  const search = { ...track.search, toldMs: epoch(atMs + weights.searchEveryMs) };
  return withFound({ ...track, search }, bornOf(track, atMs, mass, runs));
}

/** The routes around are gathered one at a fix; then all of their runs are tried at once, and none is ahead of another. */
function searchedAround(track: Track, fix: Fix, runs: Runs): Track {
  const { search, belief } = track;
  const [routeId, ...routeIds] = search.routeIds;
  if (routeId === undefined) {
    if (search.widerMs !== undefined && fix.atMs < search.widerMs) return track;
    const near = runs.routesNear(fix);
    const widerMs = near.length === 0 ? epoch(fix.atMs + weights.searchEveryMs) : search.widerMs;
    return { ...track, search: { ...search, widerMs, routeIds: near, gathered: [] } };
  }
  const gathered = [...search.gathered, ...runs.about(routeId, fix.atMs)];
  if (routeIds.length > 0) return { ...track, search: { ...search, routeIds, gathered } };
  const widerMs = epoch(fix.atMs + weights.searchEveryMs);
  const at = onPlane(runs.plane, fix.lat, fix.lon);
  const near = gathered.flatMap((run): Newborn[] => {
    const stretch = stretchNear(run.path, at);
    return stretch === undefined ? [] : [{ run, weight: 1, stretch }];
  });
  const mass = weights.found * belief.elsewhere + (search.untried ? weights.wronglyTold : 0);
  const found = bornAt(near, track, fix.atMs, mass);
  return withFound({ ...track, search: { ...NEW_SEARCH, toldMs: search.toldMs, widerMs } }, found);
}

function withFound(track: Track, found: readonly Hypothesis[]): Track {
  const { hypotheses, elsewhere } = track.belief;
  const left = elsewhere - found.reduce((sum, { mass }) => sum + mass, 0);
  return { ...track, belief: { hypotheses: [...hypotheses, ...found], elsewhere: Math.max(0, left) } };
}

/** No fix lies farther from the path that its vehicle is on. */
const BESIDE_M = 300;

/** From where a path first comes near to where it is near for the last time. */
function stretchNear({ x, y, cells }: Path, at: Point): Stretch | undefined {
  let [from, to] = [cells, -1];
  for (let cell = 0; cell < cells; cell += BESIDE_CELLS) {
    if (Math.hypot((x[cell] ?? 0) - at.x, (y[cell] ?? 0) - at.y) >= BESIDE_M) continue;
    from = Math.min(from, cell);
    to = cell;
  }
  return to < 0 ? undefined : [Math.max(0, from - BESIDE_CELLS), to + BESIDE_CELLS];
}

/** Between the cells that are looked at, none is far from both. */
const BESIDE_CELLS = 10;
