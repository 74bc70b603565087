/** Where a run may be by the timetable alone, before anything was seen of it. */
import { type Hypothesis, hypothesis, OFF, ON } from './hypothesis.ts';
import { latenessDensity, laterThan } from './lateness.ts';
import { dueS, type Run } from './run.ts';
import { WEIGHTS } from './weights.ts';

/** A vehicle that has come to its last stop stays there about so long before it is something else's. */
const STAYS_S = 180;

/** The chance that a vehicle which starts just now is off its path: it cannot have been seen to leave it. */
const OFF_SHARE = WEIGHTS.off.lastsS / (WEIGHTS.off.leavesEveryS + WEIGHTS.off.lastsS);

/** `atS` seconds of the run's own day. Its mass is about the share of vehicles so late or early, and never zero. */
export function born(run: Run, atS: number): Hypothesis {
  const last = run.path.stopCells.at(-1) ?? 0;
  const cells = last + 1;
  const masses = new Float64Array(2 * cells);
  let due = dueS(run, 0);
  for (let cell = 0; cell < cells; cell += 1) {
    const next = cell === last ? due : dueS(run, cell + 1);
    const mass = latenessDensity(atS - due) * (next - due) + WEIGHTS.lateness.anywhere / cells;
    masses[2 * cell + ON] = mass * (1 - OFF_SHARE);
    masses[2 * cell + OFF] = mass * OFF_SHARE;
    due = next;
  }
  const lateAtEndS = atS - due;
  masses[ON] = (masses[ON] ?? 0) + laterThan(atS - dueS(run, 0));
  const end = 2 * last + ON;
  masses[end] = (masses[end] ?? 0) + laterThan(lateAtEndS - STAYS_S) - laterThan(lateAtEndS);
  return hypothesis({ run, boarded: 'unseen', first: 0, masses });
}
