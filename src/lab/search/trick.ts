/** How a rider might pay less for the same ways: one outing made into another. */
import { isInOrder, type Outing, type Trip } from './outing.ts';
import type { Payer } from './payers.ts';
import type { Stop } from './world.ts';

export type Trick =
  /** Leaves half way and enters again there, on the same card or on a second one. */
  | {
      readonly kind: 'splitting';
      readonly trip: number;
      readonly over: Stop;
      readonly leaveS: number;
      readonly enterS: number;
      readonly isSecondCard: boolean;
    }
  /** Goes on to a farther stop. */
  | { readonly kind: 'detour'; readonly trip: number; readonly to: Stop }
  /** Rides so many trips, from one on, so much later. */
  | { readonly kind: 'waiting'; readonly trip: number; readonly count: number; readonly byS: number }
  /** Does without a right. */
  | { readonly kind: 'right'; readonly without: Payer }
  /** Rides once more, before the trip that stood there. */
  | { readonly kind: 'riding-more'; readonly trip: number; readonly more: Trip };

export type TrickKind = Trick['kind'];

/** Undefined where it does not fit into the outing's times. */
export function applied(outing: Outing, trick: Trick): Outing | undefined {
  if (trick.kind === 'right') return { ...outing, payer: trick.without };
  const trips = tripsAfter(outing.trips, trick);
  return trips !== undefined && isInOrder(trips) ? { ...outing, trips } : undefined;
}

function tripsAfter(
  trips: readonly Trip[],
  trick: Exclude<Trick, { kind: 'right' }>,
): readonly Trip[] | undefined {
  const trip = trips[trick.trip];
  switch (trick.kind) {
    case 'splitting': {
      if (trip === undefined) return undefined;
      const { over, leaveS, enterS, isSecondCard } = trick;
      const [first, second] = [
        { ...trip, to: over, leaveS },
        { ...trip, from: over, enterS, isSecondCard },
      ];
      return trips.toSpliced(trick.trip, 1, first, second);
    }
    case 'detour':
      return trip === undefined ? undefined : trips.with(trick.trip, { ...trip, to: trick.to });
    case 'waiting':
      return trips.map((own, place) =>
        place < trick.trip || place >= trick.trip + trick.count
          ? own
          : { ...own, enterS: own.enterS + trick.byS, leaveS: own.leaveS + trick.byS },
      );
    case 'riding-more':
      return trips.toSpliced(trick.trip, 0, trick.more);
    default:
      return trick satisfies never;
  }
}
