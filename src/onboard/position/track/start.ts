/**
 * A run before it leaves its first stop: where the vehicle waits, and by how late vehicles leave, how likely it has left.
 */
import type { EpochMs } from '../../../core/time.ts';
import { ON } from './hypothesis.ts';
import { laterThan } from './lateness.ts';
import type { Path } from './path.ts';
import { firstDepartureS, intoRunS, type Run } from './run.ts';
import { WEIGHTS } from './weights.ts';

/** A run has left its first stop when it is so many cells away from it. */
export const START_CELLS = 3;

/** How likely a run that waits at its first stop waits there at the end of a step, and how likely it has left. */
interface Start {
  readonly stays: number;
  readonly leaves: number;
}

/** Of those that have not left until `forS` seconds before `atMs`, some leave within the step. */
export function startOf(run: Run, { atMs, forS }: { readonly atMs: EpochMs; readonly forS: number }): Start {
  const lateS = intoRunS(run, atMs) - firstDepartureS(run);
  const stays = laterThan(lateS) / laterThan(lateS - forS);
  return { stays, leaves: 1 - stays };
}

/**
 * By cell, `mass` of a vehicle that waits: at the pole or a little ahead of it. All of it in one cell, a run that is not
 * due yet would fit what is seen worse than one that is late, which may have crept on.
 */
export function waiting({ cells, cellM }: Path, mass: number): Float64Array {
  const masses = new Float64Array(2 * Math.min(cells, START_CELLS + 1));
  let whole = 0;
  for (let at = 0; at < masses.length; at += 2) {
    masses[at + ON] = Math.exp(-(((at / 2) * cellM) ** 2) / (2 * WEIGHTS.doors.spreadM ** 2));
    whole += masses[at + ON] ?? 0;
  }
  return masses.map(share => (share * mass) / whole);
}
