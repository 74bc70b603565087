/** The same medium again on the same trip: a further rider of its group, the same rider again, or a new ride. */
import type { Reason } from '../reason.ts';
import type { Tariff } from '../tariff/tariff.ts';
import type { Ride } from './ride.ts';
import type { LastRide } from './rider.ts';

export type Group =
  | { readonly kind: 'first' }
  | { readonly kind: 'further'; readonly ref: string; readonly riders: number }
  | { readonly kind: 'refused'; readonly reason: Reason; readonly ref: string; readonly riders: number };

const FIRST: Group = { kind: 'first' };

/** Both limits are inclusive. */
export function groupOf(tariff: Tariff, last: LastRide | undefined, ride: Ride): Group {
  if (last === undefined || last.trip !== ride.trip) return FIRST;
  const { furtherRiderMs, refuseMs } = tariff.passback;
  // A clock set back a little between two taps is no reason to charge twice; set back a lot, it says nothing.
  const sinceMs = Math.abs(ride.atMs - last.atMs);
  if (sinceMs > furtherRiderMs + refuseMs) return FIRST;
  // The limit is the card's own category's: a concession card carries one rider, also after its quota is spent.
  const limit = tariff.categories[ride.category]?.ridersPerTrip ?? 1;
  const { ref, riders } = last;
  if (sinceMs <= furtherRiderMs && riders < limit) return { kind: 'further', ref, riders };
  return { kind: 'refused', reason: limit > 1 && riders >= limit ? 'group-limit' : 'passback', ref, riders };
}
