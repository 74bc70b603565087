/** A card that is held there for a moment longer is read again, and is one tap: for fares as for the validator. */
import type { Ride } from '../../core/fare/ride.ts';
import type { Tariff } from '../../core/tariff/tariff.ts';

/** Of one card. Where moments are minutes, it cannot be told. */
export function isDouble({ passback, resolutionMs }: Tariff, before: Ride, ride: Ride): boolean {
  if (resolutionMs > passback.debounceMs) return false;
  if (before.trip !== ride.trip || before.action !== ride.action) return false;
  return Math.abs(ride.atMs - before.atMs) < passback.debounceMs;
}
