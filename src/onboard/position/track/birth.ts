/** Where a run may be by the timetable alone, before anything was seen of it. */
import { type Hypothesis, hypothesis, OFF, ON } from './hypothesis.ts';
import { latenessDensity, laterThan } from './lateness.ts';
import { dueS, type Run } from './run.ts';
import { waiting } from './start.ts';
import { WEIGHTS } from './weights.ts';

/** A vehicle that has come to its last stop stays there about so long before it is something else's. */
const STAYS_S = 180;

/** The chance that a vehicle which starts just now is off its path: it cannot have been seen to leave it. */
const OFF_SHARE = WEIGHTS.off.lastsS / (WEIGHTS.off.leavesEveryS + WEIGHTS.off.lastsS);

/** Cells of a path, from the first to before the second. */
export type Stretch = readonly [number, number];

/**
 * `atS` seconds of the run's own day. Its mass on its whole path is about the share of vehicles so late or early, and never
 * zero; of a stretch it is what falls there.
 */
export function born(run: Run, atS: number, stretch?: Stretch): Hypothesis {
  const last = run.path.stopCells.at(-1) ?? 0;
  const cells = last + 1;
  const [from, to] = stretch ?? [0, cells];
  const masses = new Float64Array(2 * Math.max(0, Math.min(cells, to) - from));
  const add = (cell: number, mass: number) => {
    const at = 2 * (cell - from);
    if (at < 0 || at >= masses.length) return;
    masses[at + ON] = (masses[at + ON] ?? 0) + mass * (1 - OFF_SHARE);
    masses[at + OFF] = (masses[at + OFF] ?? 0) + mass * OFF_SHARE;
  };
  let due = dueS(run, from);
  for (let cell = from; cell < from + masses.length / 2; cell += 1) {
    const next = cell === last ? due : dueS(run, cell + 1);
    add(cell, latenessDensity(atS - due) * (next - due) + WEIGHTS.lateness.anywhere / cells);
    due = next;
  }
  const lateAtEndS = atS - dueS(run, last);
  const waits = waiting(run.path, laterThan(atS - dueS(run, 0)));
  for (let at = 0; at < waits.length; at += 2) add(at / 2, waits[at + ON] ?? 0);
  add(last, laterThan(lateAtEndS - STAYS_S) - laterThan(lateAtEndS));
  return hypothesis({ run, boarded: 'unseen', first: from, masses });
}

/** The mass of a run on its whole path: it is not over yet. */
export function massAtBirth(run: Run, atS: number): number {
  const last = run.path.stopCells.at(-1) ?? 0;
  return laterThan(atS - dueS(run, last) - STAYS_S) + WEIGHTS.lateness.anywhere;
}
