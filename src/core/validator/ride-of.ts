/** A presentation as the fare engine takes it: a ride of this vehicle, at this place, by what is known of its rider. */
import type { CardState } from '../card/transit/state.ts';
import { isProofExpired } from '../entitlement.ts';
import type { Ride } from '../fare/ride.ts';
import { identityText, type Place } from '../tap.ts';
import type { Tariff } from '../tariff/tariff.ts';
import { epoch, formatDate, type ServiceDate, serviceDateAt } from '../time.ts';
import type { Installation } from './decide.ts';
import { destinationAt } from './destination.ts';
import type { Facts } from './event.ts';
import { ridersWithOneMore } from './further.ts';
import { cardRide } from './held-card.ts';
import type { VehicleState } from './state.ts';

/** What tells one trip from another for passback: its day too, or the vehicle where no trip is known. */
export function tripAt(
  { vehicleId }: Pick<Installation, 'vehicleId'>,
  { tripId }: Pick<Place, 'tripId'>,
  serviceDate: ServiceDate,
): string {
  return tripId === undefined ? `vehicle:${vehicleId}` : `${tripId}@${formatDate(serviceDate)}`;
}

export function rideOf(
  tariff: Tariff,
  installation: Installation,
  { place }: VehicleState,
  { identity, entitlement, rider, card }: Facts & { readonly card?: CardState | undefined },
  {
    action,
    atMs: correctedMs,
    mediumClass,
    category,
    isFurther,
  }: Pick<Ride, 'action' | 'atMs' | 'mediumClass' | 'category'> & { readonly isFurther: boolean },
): Ride {
  const atMs = epoch(correctedMs - (correctedMs % tariff.resolutionMs));
  const serviceDate = serviceDateAt(tariff.zone, tariff.dayStartS, atMs);
  const { routeId, networkId, stopId } = place;
  const trip = tripAt(installation, place, serviceDate);
  const own = card && cardRide(tariff, card, serviceDate);
  const purse = entitlement?.purseMinor;
  return {
    action,
    ref: own?.ref ?? identityText(identity),
    redeem: own?.redeem,
    atMs,
    serviceDate,
    trip,
    routeId,
    networkId,
    stopId,
    destinationId: destinationAt(tariff, place),
    mediumClass,
    category,
    proofExpired: isProofExpired(entitlement, category, serviceDate),
    quotaUsed: entitlement?.quotaUsed,
    passes: entitlement?.passes,
    purseHint:
      entitlement === undefined || purse === undefined
        ? undefined
        : { minor: purse, asOfMs: entitlement.asOf },
    isProven: entitlement?.paidOn !== undefined,
    riders: isFurther ? ridersWithOneMore(rider?.lastRide, trip) : undefined,
    carrierId: installation.carrierId,
  };
}
