/**
 * One thing that may be so: the vehicle is on this run, riders got on last at this stop, and it is somewhere along these
 * cells. What is believed is a list of hypotheses and what is left over; their masses together are one.
 */
import type { Run } from './run.ts';
import { WEIGHTS } from './weights.ts';

/** The stop of the run at which doors opened last; `unseen` before they ever did, `nowhere` away from all its stops. */
export type Boarded = number | 'unseen' | 'nowhere';

export interface Hypothesis {
  readonly run: Run;
  readonly boarded: Boarded;
  /** The cell of the first masses. */
  readonly first: number;
  /** Two a cell: on the path there, and beside it on a detour. */
  readonly masses: Float64Array;
  /** Of all of them together. */
  readonly mass: number;
}

export const ON = 0;
export const OFF = 1;

/** The cell after its last. */
export function endOf({ first, masses }: Hypothesis): number {
  return first + masses.length / 2;
}

export function hypothesis(one: Omit<Hypothesis, 'mass'>): Hypothesis {
  let mass = 0;
  for (let index = 0; index < one.masses.length; index += 1) mass += one.masses[index] ?? 0;
  return { run: one.run, boarded: one.boarded, first: one.first, masses: one.masses, mass };
}

export function boardedAs(one: Hypothesis, boarded: Boarded): Hypothesis {
  return one.boarded === boarded ? one : { ...one, boarded };
}

/** All of it so many times as heavy. */
export function scaled(one: Hypothesis, factor: number): Hypothesis {
  return { ...one, masses: one.masses.map(mass => mass * factor), mass: one.mass * factor };
}

/** The part of it in the cells from `from` to before `to`. */
export function within(one: Hypothesis, from: number, to: number): Hypothesis {
  const [start, end] = [Math.max(0, from - one.first), Math.max(0, to - one.first)];
  return hypothesis({ ...one, first: one.first + start, masses: one.masses.slice(2 * start, 2 * end) });
}

/** So many times as heavy, without the ends that then weigh nothing; undefined when nothing of it does. */
export function kept(one: Hypothesis, factor: number): Hypothesis | undefined {
  const { cell, run } = WEIGHTS.forgotten;
  if (one.mass * factor < run) return undefined;
  const { masses } = one;
  const least = cell / factor;
  const weighs = (at: number) => (masses[at] ?? 0) + (masses[at + 1] ?? 0) >= least;
  let [from, to] = [0, masses.length];
  while (from < to && !weighs(from)) from += 2;
  while (to > from && !weighs(to - 2)) to -= 2;
  const left = masses.slice(from, to);
  let mass = 0;
  for (let at = 0; at < left.length; at += 1) {
    const scaledMass = (left[at] ?? 0) * factor;
    left[at] = scaledMass;
    mass += scaledMass;
  }
  return { run: one.run, boarded: one.boarded, first: one.first + from / 2, masses: left, mass };
}

/** The same run with the same boarding is one hypothesis. */
export function merged(all: readonly Hypothesis[]): Hypothesis[] {
  const distinct: Hypothesis[] = [];
  for (const one of all) {
    const at = distinct.findIndex(({ run, boarded }) => run.key === one.run.key && boarded === one.boarded);
    const twin = distinct[at];
    if (twin === undefined) distinct.push(one);
    else distinct[at] = added(twin, one);
  }
  return distinct;
}

function added(a: Hypothesis, b: Hypothesis): Hypothesis {
  const first = Math.min(a.first, b.first);
  const masses = new Float64Array(2 * (Math.max(endOf(a), endOf(b)) - first));
  masses.set(a.masses, 2 * (a.first - first));
  const from = 2 * (b.first - first);
  for (const [at, mass] of b.masses.entries()) masses[from + at] = (masses[from + at] ?? 0) + mass;
  return { ...a, first, masses, mass: a.mass + b.mass };
}

/** Each run once, whatever stop its riders got on at. */
export function regardless(all: readonly Hypothesis[]): Hypothesis[] {
  return merged(all.map(one => boardedAs(one, 'unseen')));
}
