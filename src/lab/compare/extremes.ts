/** The riders who are changed the most. */
import { differenceOf } from './sides.ts';
import type { Paid } from './verdicts.ts';

/** So many winners are told, and so many losers. */
export const EXTREMES = 20;

export interface Extremes {
  /** The largest saving first. */
  readonly winners: readonly Paid[];
  readonly losers: readonly Paid[];
}

export function extremesOf(riders: readonly Paid[]): Extremes {
  const changes = riders.map(rider => ({ rider, change: differenceOf(rider.paidMinor) }));
  return {
    winners: largest(changes.filter(({ change }) => change < 0)),
    losers: largest(changes.filter(({ change }) => change > 0)),
  };
}

interface Changed {
  readonly rider: Paid;
  readonly change: number;
}

/** Of riders alike, by their cards: it must not depend on whose taps stand first. */
function largest(changes: readonly Changed[]): readonly Paid[] {
  const sorted = [...changes].sort(
    (a, b) => Math.abs(b.change) - Math.abs(a.change) || (a.rider.card < b.rider.card ? -1 : 1),
  );
  return sorted.slice(0, EXTREMES).map(({ rider }) => rider);
}
