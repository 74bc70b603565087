/** Moments, and stretches of time, at which rules may turn: just at a limit, one unit before it or after, or some minutes. */
import type { Random } from '../random.ts';
import type { WorldDay } from './days.ts';
import type { World } from './world.ts';

const MINUTE_S = 60;
/** Minutes that a ride or a wait takes where no limit is aimed at. */
const MINUTES = [1, 5, 10, 20, 30, 60, 120];

/** In seconds; so often of a hundred a limit is aimed at. */
export function randomSpan({ limitsS, unitS }: World, random: Random, aimed: number): number {
  const isAimed = random.chance(aimed) && limitsS.length > 0;
  const spanS = isAimed ? random.pick(limitsS) + around(unitS, random) : random.pick(MINUTES) * MINUTE_S;
  return Math.max(unitS, spanS);
}

/** Seconds after midnight. */
export function nearMoment({ unitS }: World, { momentsS }: WorldDay, random: Random): number {
  return random.pick(momentsS) + around(unitS, random);
}

function around(unitS: number, random: Random): number {
  return (random.below(3) - 1) * unitS;
}
