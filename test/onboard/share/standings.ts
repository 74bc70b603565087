/** Riders' taps as they are shared, for tests. */
import { NEW_RIDER } from '../../../src/core/fare/rider.ts';
import type { Token } from '../../../src/core/tap.ts';
import { epoch } from '../../../src/core/time.ts';
import type { Standing } from '../../../src/onboard/share/shared-taps.ts';

export function tokenOf(rider: number): Token {
  return { kind: 'uid', keyId: 1, value: rider.toString(16).padStart(32, '0') };
}

export function standing(rider: number, atMs: number, deviceId = 'a', sequence = atMs + 1): Standing {
  const at = epoch(atMs);
  const ref = `${deviceId}/0011223344556677/${sequence}`;
  const lastRide = { ref, trip: 'trip-1', atMs: at, riders: 1 };
  return {
    ...{ deviceId, epoch: '0011223344556677', sequence, token: tokenOf(rider), atMs: at, stopId: 'centre' },
    state: { ...NEW_RIDER, lastRide },
  };
}
