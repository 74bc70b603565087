/**
 * What is seen, weighed: each piece of evidence multiplies every hypothesis by how likely it would be seen if that were
 * so, and what is elsewhere by how likely it would be seen anywhere.
 */
import type { Fix } from '../observation.ts';
import { endOf, type Hypothesis, hypothesis, OFF, ON } from './hypothesis.ts';
import type { Path } from './path.ts';
import { onPlane, type Plane, type Point } from './plane.ts';
import { WEIGHTS } from './weights.ts';

const { fix: ofFix, course: ofCourse, off: ofOff, elsewhere: ofElsewhere, telegram } = WEIGHTS;

/** A fix on the plane, with all that its likeliness needs worked out once. */
export interface Sight extends Point {
  readonly errorM2: number;
  /** The way it goes, as a unit vector; both zero when it says nothing of it. */
  readonly east: number;
  readonly north: number;
  /** How much of an independent fix it is: errors last, so that ten fixes in ten seconds are not ten. */
  readonly weight: number;
}

const RADIANS = Math.PI / 180;

/** `sinceS` the last fix before it; infinite for the first. */
export function sight(
  plane: Plane,
  { lat, lon, accuracyM, speedMps, courseDeg }: Fix,
  sinceS: number,
): Sight {
  const goes = courseDeg !== undefined && speedMps !== undefined && speedMps >= ofCourse.fromMps;
  return {
    ...onPlane(plane, lat, lon),
    errorM2: Math.max(accuracyM ?? ofFix.errorM, ofFix.errorM / 2) ** 2,
    east: goes ? Math.sin(courseDeg * RADIANS) : 0,
    north: goes ? Math.cos(courseDeg * RADIANS) : 0,
    weight: Math.min(1, Math.max(0, sinceS) / ofFix.correlatedS),
  };
}

/** The chance that any course is seen that has nothing to do with the path: the mean over all. */
const ANY_COURSE = ofCourse.wrongShare + (1 - ofCourse.wrongShare) * meanOfCourses();

function meanOfCourses(): number {
  const all = Array.from({ length: 360 }, (_, deg) => agreement(Math.cos(deg * RADIANS)));
  return all.reduce((sum, one) => sum + one, 0) / all.length;
}

function agreement(cosine: number): number {
  return Math.exp(ofCourse.concentration * (cosine - 1));
}

const BESIDE_M2 = ofOff.besideM ** 2;
const BESIDE = 1 / (2 * Math.PI * BESIDE_M2);

export function seenAt(all: readonly Hypothesis[], seen: Sight): Hypothesis[] {
  const ofPath = new Map<Path, Likeliness>();
  for (const one of all) {
    const { path } = one.run;
    const before = ofPath.get(path);
    const from = Math.min(one.first, before?.from ?? one.first);
    const to = Math.max(endOf(one), before?.to ?? 0);
    if (from !== before?.from || to !== before.to) ofPath.set(path, new Likeliness(path, seen, from, to));
  }
  return all.map(one => ofPath.get(one.run.path)?.weighed(one) ?? one);
}

/** How likely a fix is seen from the cells of one path: worked out where it is asked for, once for all of its runs. */
class Likeliness {
  readonly from: number;
  readonly to: number;
  readonly #path: Path;
  readonly #seen: Sight;
  /** Two a cell, as masses are; not a number where it was not asked for. */
  #known: Float64Array | undefined;

  constructor(path: Path, seen: Sight, from: number, to: number) {
    this.#path = path;
    this.#seen = seen;
    this.from = from;
    this.to = to;
  }

  weighed({ run, boarded, first, masses }: Hypothesis): Hypothesis {
    this.#known ??= new Float64Array(2 * (this.to - this.from)).fill(Number.NaN);
    const known = this.#known;
    const weighed = new Float64Array(masses.length);
    for (let at = 0; at < masses.length; at += 2) {
      const column = 2 * (first - this.from) + at;
      if (Number.isNaN(known[column + ON])) this.#workOut(known, column);
      weighed[at + ON] = (masses[at + ON] ?? 0) * (known[column + ON] ?? 0);
      weighed[at + OFF] = (masses[at + OFF] ?? 0) * (known[column + OFF] ?? 0);
    }
    return hypothesis({ run, boarded, first, masses: weighed });
  }

  #workOut(known: Float64Array, column: number): void {
    const { x, y, east, north, asideM2, cellM } = this.#path;
    const seen = this.#seen;
    const cell = this.from + column / 2;
    const apartM2 = ((x[cell] ?? 0) - seen.x) ** 2 + ((y[cell] ?? 0) - seen.y) ** 2;
    const spreadM2 = seen.errorM2 + cellM ** 2 / 12 + (asideM2[cell] ?? 0);
    const near = ((1 - ofFix.outlierShare) / (2 * Math.PI * spreadM2)) * Math.exp(-apartM2 / (2 * spreadM2));
    // A fix that lies is as far off as one from a detour.
    const besideLog = Math.log(BESIDE * anyCourse(seen)) - apartM2 / (2 * BESIDE_M2);
    const cosine = (east[cell] ?? 0) * seen.east + (north[cell] ?? 0) * seen.north;
    const course = goes(seen) ? ofCourse.wrongShare + (1 - ofCourse.wrongShare) * agreement(cosine) : 1;
    const onLog = Math.log(near * course + ofFix.outlierShare * Math.exp(besideLog));
    // A power by its logarithm, which costs less.
    known[column + ON] = Math.exp(seen.weight * onLog);
    known[column + OFF] = Math.exp(seen.weight * besideLog);
  }
}

export function seenElsewhere(seen: Sight): number {
  return (anyCourse(seen) / ofElsewhere.areaM2) ** seen.weight;
}

function goes({ east, north }: Sight): boolean {
  return east !== 0 || north !== 0;
}

function anyCourse(seen: Sight): number {
  return goes(seen) ? ANY_COURSE : 1;
}

/** How likely a telegram names the stop, of a vehicle that is at it or goes to it next, and of any other. */
export interface Naming {
  readonly there: number;
  readonly notThere: number;
}

export function named(
  one: Hypothesis,
  stopIds: ReadonlySet<string>,
  { there, notThere }: Naming,
): Hypothesis {
  const { path } = one.run;
  const likely = new Float64Array(endOf(one) - one.first).fill(notThere);
  for (let stop = 0; stop < path.stopIds.length; stop += 1) {
    if (!stopIds.has(path.stopIds[stop] ?? '')) continue;
    const { from, to } = approach(path, stop);
    likely.fill(there, Math.max(0, from - one.first), Math.max(0, to - one.first));
  }
  return hypothesis({ ...one, masses: one.masses.map((mass, at) => mass * (likely[at >> 1] ?? 0)) });
}

/** The cells in which a vehicle goes to a stop or stands at it: from just behind the stop before. */
export function approach(path: Path, stop: number): { from: number; to: number } {
  const behind = Math.round(telegram.behindM / path.cellM);
  const pole = path.stopCells[stop] ?? 0;
  return {
    from: stop === 0 ? 0 : Math.min(pole, (path.stopCells[stop - 1] ?? 0) + 1),
    to: pole + behind + 1,
  };
}
