/** How what is believed of a vehicle moves on with time: forwards along its path, off it and back. */
import type { EpochMs } from '../../../core/time.ts';
import { endOf, type Hypothesis, hypothesis, OFF, ON } from './hypothesis.ts';
import { reachOf } from './reach.ts';
import type { Speed } from './speed.ts';
import { START_CELLS, startOf } from './start.ts';
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

const UNDER_WAY = { stays: 0, leaves: 1 };
