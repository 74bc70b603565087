/** At its last stop a run ends and the next one of the vehicle's block begins. */
import { type Boarded, endOf, type Hypothesis, hypothesis, OFF } from './hypothesis.ts';
import type { Moved } from './motion.ts';
import type { Run } from './run.ts';
import type { Runs } from './runs.ts';
import { waiting } from './start.ts';
import { WEIGHTS } from './weights.ts';

const { terminus } = WEIGHTS;

export interface TurnedRound {
  readonly hypotheses: readonly Hypothesis[];
  /** What has no next run: it is elsewhere from now on. */
  readonly over: number;
  /** The runs that began. */
  readonly began: readonly { readonly after: Run; readonly next: Run }[];
}

/** Vehicles that moved for some seconds: some went beyond their last stop, some stand there and have done so for long. */
export function turnedAfter(all: readonly Moved[], forS: number, runs: Runs): TurnedRound {
  const turns = 1 - Math.exp(-forS / terminus.turnsAfterS);
  return turn(
    all.map(({ one, beyond }) => ended(one, turns, beyond)),
    runs,
  );
}

/** Doors open: where they had opened at the last stop already, it is for the next run. */
export function turnedByDoors(all: readonly Hypothesis[], runs: Runs): TurnedRound {
  return turn(
    all.map(one => ended(one, one.boarded === lastStop(one.run) ? terminus.reopened : 0, 0)),
    runs,
  );
}

interface Ended {
  readonly goesOn: Hypothesis;
  readonly ended: number;
}

/** `share` of what is at its last stop, and what has left it already. */
function ended(one: Hypothesis, share: number, beyond: number): Ended {
  const { path } = one.run;
  const ends = (path.stopCells.at(-1) ?? 0) - Math.round(terminus.withinM / path.cellM);
  if (share === 0 || ends >= endOf(one)) return { goesOn: one, ended: beyond };
  const from = 2 * Math.max(0, ends - one.first);
  const goesOn = hypothesis({
    ...one,
    masses: one.masses.map((mass, at) => (at < from ? mass : mass * (1 - share))),
  });
  return { goesOn, ended: beyond + one.mass - goesOn.mass };
}

function turn(all: readonly Ended[], runs: Runs): TurnedRound {
  const begun: Hypothesis[] = [];
  const began: { after: Run; next: Run }[] = [];
  let over = 0;
  for (const { goesOn, ended } of all) {
    const next = ended < WEIGHTS.forgotten.run ? undefined : runs.after(goesOn.run);
    if (next === undefined) over += ended;
    else {
      begun.push(beginning(next, goesOn, ended));
      began.push({ after: goesOn.run, next });
    }
  }
  return { hypotheses: [...all.map(({ goesOn }) => goesOn), ...begun], over, began };
}

function lastStop({ path }: Run): number {
  return path.stopCells.length - 1;
}

/** It waits at its first stop or is on the way to it. */
function beginning(next: Run, before: Hypothesis, mass: number): Hypothesis {
  const masses = waiting(next.path, mass / 2);
  masses[OFF] = mass / 2;
  return { run: next, boarded: boardedFor(next, before), first: 0, masses, mass };
}

/** Riders who got on at the last stop stand at the next run's first one only where that is the same. */
function boardedFor(next: Run, { run, boarded }: Hypothesis): Boarded {
  if (boarded === 'unseen') return 'unseen';
  const sameStop = next.path.stopIds[0] === run.path.stopIds.at(-1);
  return boarded === lastStop(run) && sameStop ? 0 : 'nowhere';
}
