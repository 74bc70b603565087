/** The riders who are changed the most. */
import { differenceOf } from './sides.ts';
import type { Paid } from './verdicts.ts';

/** So many winners are told, and so many losers. */
export const EXTREMES = 20;

export interface Extremes<Rider extends Paid> {
  /** The largest saving first. */
  readonly winners: readonly Rider[];
  readonly losers: readonly Rider[];
}

export function extremesOf<Rider extends Paid>(riders: readonly Rider[]): Extremes<Rider> {
  const changes = riders.map(rider => ({ rider, change: differenceOf(rider.paidMinor) }));
  return {
    winners: largest(changes.filter(({ change }) => change < 0)),
    losers: largest(changes.filter(({ change }) => change > 0)),
  };
}

interface Changed<Rider extends Paid> {
  readonly rider: Rider;
  readonly change: number;
}

/** Of riders alike, by their cards: it must not depend on whose taps stand first. */
function largest<Rider extends Paid>(changes: readonly Changed<Rider>[]): readonly Rider[] {
  const sorted = [...changes].sort(
    (a, b) => Math.abs(b.change) - Math.abs(a.change) || (a.rider.card < b.rider.card ? -1 : 1),
  );
  return sorted.slice(0, EXTREMES).map(({ rider }) => rider);
}
