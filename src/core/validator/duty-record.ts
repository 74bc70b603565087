/** What every record of a duty says: when, where, in which mode, in whose shift, by which versions. */
import type { RecordBody } from '../record.ts';
import type { Asked, Rules } from './duty.ts';
import { serviceDateOf } from './outcome.ts';
import type { VehicleState } from './state.ts';

/** The vehicle's mode and shift are those of `state`. */
export function dutyBody(
  { tariff, installation }: Rules,
  { clock, place, duty }: VehicleState,
  { eventTimeMs, monotonicMs }: Asked,
  kind: 'mode' | 'shift' | 'void',
): RecordBody {
  const { mode, down, shift } = duty;
  return {
    kind,
    eventTimeMs,
    monotonicMs,
    clockState: clock.state,
    offsetMs: clock.offsetMs,
    uncertaintyMs: clock.uncertaintyMs,
    serviceDate: serviceDateOf(tariff, clock, eventTimeMs),
    carrierId: installation.carrierId,
    vehicleId: installation.vehicleId,
    routeId: place.routeId,
    line: place.line,
    tripId: place.tripId,
    direction: place.direction,
    stopId: place.stopId,
    stopSequence: place.stopSequence,
    source: place.source,
    quality: place.quality,
    feedVersion: installation.versions.feedVersion,
    settingsHash: installation.versions.settingsHash,
    mode,
    partsDown: down.length === 0 ? undefined : down,
    shiftId: shift?.shiftId,
    driverId: shift?.driverId,
    waybill: shift?.waybill,
  };
}
