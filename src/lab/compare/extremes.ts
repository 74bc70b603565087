/** The riders who are changed the most. */
import type { Rider } from './rider.ts';
import { differenceOf } from './verdicts.ts';

/** So many winners are told, and so many losers. */
export const EXTREMES = 20;

export interface Extremes {
  /** The largest saving first. */
  readonly winners: readonly Rider[];
  readonly losers: readonly Rider[];
}

export function extremesOf(riders: readonly Rider[]): Extremes {
  return {
    winners: first(
      riders.filter(rider => differenceOf(rider) < 0),
      (a, b) => differenceOf(a) - differenceOf(b),
    ),
    losers: first(
      riders.filter(rider => differenceOf(rider) > 0),
      (a, b) => differenceOf(b) - differenceOf(a),
    ),
  };
}

/** Of riders alike, by their cards: it must not depend on whose taps stand first. */
function first(riders: readonly Rider[], compare: (a: Rider, b: Rider) => number): readonly Rider[] {
  return [...riders].sort((a, b) => compare(a, b) || (a.card < b.card ? -1 : 1)).slice(0, EXTREMES);
}
