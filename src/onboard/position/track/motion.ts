/** How what is believed of a vehicle moves on with time: forwards along its path, off it and back. */
import type { EpochMs } from '../../../core/time.ts';
import { endOf, type Hypothesis, hypothesis, OFF, ON } from './hypothesis.ts';
import { laterThan } from './lateness.ts';
import { reachOf } from './reach.ts';
import { firstDepartureS, intoRunS, type Run } from './run.ts';
import type { Speed } from './speed.ts';
import { WEIGHTS } from './weights.ts';

export interface Step {
  /** Its end. */
  readonly atMs: EpochMs;
  readonly forS: number;
  /** As it is at its end. */
  readonly speed: Speed | undefined;
  /** Whether the vehicle's doors are heard: then a stop that is passed with doors closed says something. */
  readonly doorsHeard: boolean;
}

const { off, doors, forgotten } = WEIGHTS;

export interface Moved {
  readonly one: Hypothesis;
  /** The mass that went beyond the end of the path. */
  readonly beyond: number;
}

export function moved(one: Hypothesis, step: Step): Moved {
  const { run, first } = one;
  const { forS, doorsHeard } = step;
  const { passed, cells } = run.path;
  const reach = reachOf(run, forS, step.speed);
  const strays = 1 - Math.exp(-forS / off.leavesEveryS);
  const returns = 1 - Math.exp(-forS / off.lastsS);
  const start = first <= START_CELLS ? startOf(run, step) : UNDER_WAY;
  const last = Math.min(cells - 1, reach.end(endOf(one) - 1)) - first;
  const masses = new Float64Array(2 * (last + 1));
  let beyond = 0;
  // Where doors opened, the stop is not passed with them closed.
  const served = typeof one.boarded === 'number' ? one.boarded : -1;
  for (let at = 0; 2 * at < one.masses.length; at += 1) {
    const [on, beside] = [one.masses[2 * at + ON] ?? 0, one.masses[2 * at + OFF] ?? 0];
    if (on + beside < forgotten.cell) continue;
    const toOn = on * (1 - strays) + beside * returns;
    let toOff = on * strays + beside * (1 - returns);
    if (first + at === 0) {
      // It is not at its first stop yet, and comes to it whichever way it goes.
      masses[OFF] = (masses[OFF] ?? 0) + toOff;
      toOff = 0;
    }
    const from = Math.max(served, passed[first + at] ?? 0);
    const waits = first + at <= START_CELLS;
    const shares = reach.shares(first + at);
    for (let ahead = 0; ahead < shares.length; ahead += 1) {
      const to = at + ahead;
      if (to > last) {
        beyond += (toOn + toOff) * (shares[ahead] ?? 0);
        continue;
      }
      const stops = doorsHeard ? (passed[first + to] ?? 0) - from : 0;
      const passes = stops > 0 ? doors.passes ** stops : 1;
      const reaches = waits
        ? (ahead === 0 ? start.stays : 0) + start.leaves * (shares[ahead] ?? 0)
        : (shares[ahead] ?? 0);
      const share = reaches * passes;
      masses[2 * to + ON] = (masses[2 * to + ON] ?? 0) + toOn * share;
      masses[2 * to + OFF] = (masses[2 * to + OFF] ?? 0) + toOff * share;
    }
  }
  return { one: hypothesis({ run, boarded: one.boarded, first, masses }), beyond };
}

/** A run has left its first stop when it is so many cells away from it. */
const START_CELLS = 3;

/** How likely a run that waits at its first stop waits there at the end of a step, and how likely it has left. */
interface Start {
  readonly stays: number;
  readonly leaves: number;
}

const UNDER_WAY: Start = { stays: 0, leaves: 1 };

/** By how late vehicles leave: of those that have not left until now, some leave within the step. */
function startOf(run: Run, { atMs, forS }: Step): Start {
  const lateS = intoRunS(run, atMs) - firstDepartureS(run);
  const stays = laterThan(lateS) / laterThan(lateS - forS);
  return { stays, leaves: 1 - stays };
}
