/** The same medium again on the same trip: a further rider of its group, the same rider again, or a new ride. */
import type { Reason } from '../reason.ts';
import type { Tariff } from '../tariff/tariff.ts';
import type { Ride } from './ride.ts';
import type { LastRide } from './rider.ts';
import type { Trace } from './trace.ts';

export type Group =
  | { readonly kind: 'first' }
  | { readonly kind: 'further'; readonly ref: string; readonly riders: number }
  | { readonly kind: 'refused'; readonly reason: Reason; readonly ref: string; readonly riders: number };

const FIRST: Group = { kind: 'first' };

/** Who was asked for by a button or the driver's word rides along at any time of the trip. */
export function groupOf(
  tariff: Tariff,
  last: LastRide | undefined,
  ride: Ride,
  trace: Trace | undefined,
): Group {
  if (last === undefined || last.trip !== ride.trip) return FIRST;
  const { furtherRiderMs, refuseMs, furtherBy, inclusive } = tariff.passback;
  const { ref, riders } = last;
  // A clock set back a little between two taps is no reason to charge twice; set back a lot, it says nothing.
  const sinceMs = Math.abs(ride.atMs - last.atMs);
  trace?.compared('passback', 'furtherRider', sinceMs);
  trace?.compared('passback', 'refuse', sinceMs);
  const isAskedFor = (ride.riders ?? 0) > riders;
  const isWithin = (limitMs: number) => (inclusive ? sinceMs <= limitMs : sinceMs < limitMs);
  if (!isAskedFor && !isWithin(furtherRiderMs + refuseMs)) return FIRST;
  const limit = limitOf(tariff, ride);
  trace?.compared(`category:${ride.category}`, 'ridersPerTrip', riders + 1);
  trace?.compared(`medium:${ride.mediumClass}`, 'ridersPerTrip', riders + 1);
  const isFurther = isAskedFor || (furtherBy === 'window' && isWithin(furtherRiderMs));
  if (isFurther && riders < limit) return { kind: 'further', ref, riders };
  return { kind: 'refused', reason: limit > 1 && riders >= limit ? 'group-limit' : 'passback', ref, riders };
}

/** The card's own category's: a concession card carries one rider, also after its quota is spent. */
function limitOf({ categories, media }: Tariff, { category, mediumClass }: Ride): number {
  const limit = categories[category]?.ridersPerTrip ?? 1;
  return Math.min(limit, media[mediumClass]?.ridersPerTrip ?? limit);
}
