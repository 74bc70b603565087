/** How soon the same medium is the same tap once more, and how the limits of that are meant. */
import type { Passback, Tariff } from '../tariff/tariff.ts';
import type { EpochMs } from '../time.ts';
import type { Ride } from './ride.ts';
import type { Trace } from './trace.ts';

export function isWithin({ inclusive }: Passback, sinceMs: number, limitMs: number): boolean {
  return inclusive ? sinceMs <= limitMs : sinceMs < limitMs;
}

/** Where the medium was last held to a gate. */
interface Held {
  readonly stopId: string | undefined;
  readonly atMs: EpochMs;
}

/** Where journeys are entered and left: the same stop within the window is the same entry or exit, held there twice. */
export function isHeldTwice({ passback }: Tariff, last: Held, ride: Ride, trace: Trace | undefined): boolean {
  if (last.stopId !== ride.stopId) return false;
  const sinceMs = Math.abs(ride.atMs - last.atMs);
  trace?.compared('passback', 'furtherRider', sinceMs);
  const isTwice = isWithin(passback, sinceMs, passback.furtherRiderMs);
  if (isTwice) trace?.applied('passback', 'held there twice');
  return isTwice;
}
