/** How late vehicles are: a mixture of two-sided exponentials, in seconds, early below zero. */
import { WEIGHTS } from './weights.ts';

const PARTS = [WEIGHTS.lateness.usual, WEIGHTS.lateness.unusual];

/** By second. */
export function latenessDensity(lateS: number): number {
  let density = 0;
  for (const { share, earlyS, lateS: scaleS } of PARTS) {
    const scale = lateS < 0 ? -earlyS : scaleS;
    density += (share / (earlyS + scaleS)) * Math.exp(-lateS / scale);
  }
  return density;
}

/** The share of vehicles that are later than this. */
export function laterThan(lateS: number): number {
  let share = 0;
  for (const { share: part, earlyS, lateS: scaleS } of PARTS) {
    const tail =
      lateS < 0
        ? 1 - (earlyS / (earlyS + scaleS)) * Math.exp(lateS / earlyS)
        : (scaleS / (earlyS + scaleS)) * Math.exp(-lateS / scaleS);
    share += part * tail;
  }
  return share;
}
