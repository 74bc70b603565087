/**
 * Where riders get on: the stop at which the doors opened last. Every hypothesis carries its own, so that whatever is seen
 * afterwards tells them apart.
 */
import { approach, named } from './evidence.ts';
import {
  boardedAs,
  endOf,
  type Hypothesis,
  hypothesis,
  merged,
  OFF,
  regardless,
  within,
} from './hypothesis.ts';
import { beyondPoleM2 } from './path.ts';
import { WEIGHTS } from './weights.ts';

const { doors, forgotten } = WEIGHTS;

const SPREAD_M2 = 2 * doors.spreadM ** 2;

/** The doors open: each run is split into the stops of its path at which it may be, and away from them all. */
export function opened(all: readonly Hypothesis[]): Hypothesis[] {
  return regardless(all).flatMap(run => [...atStops(run), awayFromStops(run)]);
}

/**
 * By how far the vehicle stands from each pole, whichever way the path comes to it: into a yard and out again it passes
 * the same pole twice. On a detour a vehicle stops where its own stops are not.
 */
function atStops(one: Hypothesis): Hypothesis[] {
  const { stopCells } = one.run.path;
  const split: Hypothesis[] = [];
  for (let stop = 0; stop < stopCells.length; stop += 1) {
    const [before, after] = [stopCells[stop - 1] ?? -1, stopCells[stop + 1] ?? one.run.path.cells];
    if (after <= one.first || before >= endOf(one)) continue;
    const there = atStop(boardedAs(within(one, before + 1, Math.max(before + 2, after)), stop), stop);
    if (there.mass >= forgotten.run * one.mass) split.push(there);
  }
  return split;
}

function atStop(one: Hypothesis, stop: number): Hypothesis {
  const masses = one.masses.map((mass, at) => {
    if (at % 2 === OFF) return 0;
    return mass * Math.exp(-beyondPoleM2(one.run.path, stop, one.first + (at >> 1)) / SPREAD_M2);
  });
  return hypothesis({ ...one, masses });
}

function awayFromStops(one: Hypothesis): Hypothesis {
  const masses = one.masses.map((mass, at) => mass * (at % 2 === OFF ? doors.onDetour : doors.awayFromStops));
  return hypothesis({ ...one, boarded: 'nowhere', masses });
}

/**
 * Somebody who knows says at which stop riders get on now, where no doors are heard: every run is at such a stop or on
 * its way to it, or `wrong` of the time somewhere else.
 */
export function boardedAt(
  all: readonly Hypothesis[],
  stopIds: ReadonlySet<string>,
  wrong: number,
): Hypothesis[] {
  return regardless(all).flatMap(one => {
    const { path } = one.run;
    const there = path.stopIds.flatMap((stopId, stop): Hypothesis[] => {
      if (!stopIds.has(stopId)) return [];
      const { from, to } = approach(path, stop);
      return [boardedAs(within(one, from, to), stop)];
    });
    const notThere = named(one, stopIds, { there: 0, notThere: wrong });
    return [...there, boardedAs(notThere, 'nowhere')];
  });
}

/** Riders get on where the feed has no stop. */
export function boardedNowhere(all: readonly Hypothesis[]): Hypothesis[] {
  return merged(all.map(one => boardedAs(one, 'nowhere')));
}
