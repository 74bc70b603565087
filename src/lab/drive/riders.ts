/** When the riders of one stop tap: while its doors are open, and some of them only when the vehicle has left. */
import type { Random } from '../random.ts';
import type { Visit } from './vehicle.ts';

const RIDERS = { more: 1.2, lateShare: 0.25, latestS: 25 } as const;

/** Seconds of the day. Nobody is later than the next opening of the doors. */
export function tapsAt({ opensS, closesS }: Visit, next: Visit | undefined, random: Random): number[] {
  const riders = 1 + Math.floor(random.exponential(RIDERS.more));
  const taps = Array.from({ length: riders }, () => random.between(opensS + 0.5, closesS));
  const lateS = closesS + random.between(1, RIDERS.latestS);
  // Nobody gets on where the trip ends.
  const isLate = next !== undefined && lateS < next.opensS && random.next() < RIDERS.lateShare;
  return isLate ? [...taps, lateS] : taps;
}
