/** A card that is held there for a moment longer is read again, and is one tap: for fares as for the validator. */
import type { AccountTap } from '../../core/fare/account.ts';
import { inTotalOrder } from '../../core/fare/order.ts';
import type { Ride } from '../../core/fare/ride.ts';
import type { Tariff } from '../../core/tariff/tariff.ts';

export interface ToldApart {
  readonly tap: AccountTap;
  /** The tap before it, read again. */
  readonly isDouble: boolean;
}

/** Taps of one card in their total order. What repeats an identity is told by that, and is no double. */
export function toldApart(tariff: Tariff, taps: readonly AccountTap[]): readonly ToldApart[] {
  const ordered = inTotalOrder(taps);
  return ordered.map((tap, index) => {
    const before = ordered[index - 1];
    const isOther = before !== undefined && before.ride.ref !== tap.ride.ref;
    return { tap, isDouble: isOther && isDouble(tariff, before.ride, tap.ride) };
  });
}

type Held = Pick<Ride, 'trip' | 'action' | 'atMs'>;

/** Of one card, one after the other. Where moments are minutes, it cannot be told. */
export function isDouble({ passback, resolutionMs }: Tariff, before: Held, ride: Held): boolean {
  if (resolutionMs > passback.debounceMs) return false;
  // First what is told soonest: few taps are so near.
  if (Math.abs(ride.atMs - before.atMs) >= passback.debounceMs) return false;
  return before.trip === ride.trip && before.action === ride.action;
}
