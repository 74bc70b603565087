/** The same medium again on the same trip: a further rider of its group, the same rider again, or a new ride. */
import type { Reason } from '../reason.ts';
import type { Tariff } from '../tariff/tariff.ts';
import { isWithin } from './passback.ts';
import type { Ride } from './ride.ts';
import type { LastRide } from './rider.ts';
import type { Trace } from './trace.ts';

/** Every field is always there, so that all are of one shape. */
export type Group = {
  /** With this one, unless it is refused. */
  readonly riders: number;
  /** The identity text of the group's first tap, where this is not it. */
  readonly ref: string | undefined;
} & (
  | { readonly kind: 'first' | 'further'; readonly reason: undefined }
  | { readonly kind: 'refused'; readonly reason: Reason }
);

const FIRST: Group = { kind: 'first', riders: 1, ref: undefined, reason: undefined };

/** Who was asked for by a button or the driver's word rides along at any time of the trip. */
export function groupOf(
  tariff: Tariff,
  last: LastRide | undefined,
  ride: Ride,
  trace: Trace | undefined,
): Group {
  return last === undefined || last.trip !== ride.trip ? FIRST : onSameTrip(tariff, last, ride, trace);
}

function onSameTrip(tariff: Tariff, last: LastRide, ride: Ride, trace: Trace | undefined): Group {
  const { passback } = tariff;
  const { furtherRiderMs, refuseMs, furtherBy } = passback;
  const { ref, riders } = last;
  // A clock set back a little between two taps is no reason to charge twice; set back a lot, it says nothing.
  const sinceMs = Math.abs(ride.atMs - last.atMs);
  trace?.compared('passback', 'furtherRider', sinceMs);
  trace?.compared('passback', 'refuse', sinceMs);
  const isAskedFor = (ride.riders ?? 0) > riders;
  if (!isAskedFor && !isWithin(passback, sinceMs, furtherRiderMs + refuseMs)) return FIRST;
  const limit = limitOf(tariff, ride);
  trace?.compared(`category:${ride.category}`, 'ridersPerTrip', riders + 1);
  trace?.compared(`medium:${ride.mediumClass}`, 'ridersPerTrip', riders + 1);
  const isFurther = isAskedFor || (furtherBy === 'window' && isWithin(passback, sinceMs, furtherRiderMs));
  if (isFurther && riders < limit) return { kind: 'further', riders: riders + 1, ref, reason: undefined };
  return { kind: 'refused', riders, ref, reason: limit > 1 && riders >= limit ? 'group-limit' : 'passback' };
}

/** The card's own category's: a concession card carries one rider, also after its quota is spent. */
function limitOf({ categories, media }: Tariff, { category, mediumClass }: Ride): number {
  const limit = categories[category]?.ridersPerTrip ?? 1;
  return Math.min(limit, media[mediumClass]?.ridersPerTrip ?? limit);
}
