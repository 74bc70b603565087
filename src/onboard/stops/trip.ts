/**
 * Trips, as the stops database gives them.
 */
import type { ServiceDate } from '../../core/time.ts';
import type { BoardingType } from './stop-times.ts';

export interface StopTime {
  readonly stopId: string;
  readonly stopSequence: number;
  /** Seconds since noon minus twelve hours of the service day; beyond 86,400 after midnight. Undefined between timed stops. */
  readonly arrivalS: number | undefined;
  readonly departureS: number | undefined;
  readonly pickupType: BoardingType;
  readonly dropOffType: BoardingType;
  /** The vehicle may well leave earlier. */
  readonly approximate: boolean;
  /** Along the shape, in the feed's own unit. */
  readonly distance: number | undefined;
}

export interface TripHead {
  readonly tripId: string;
  readonly routeId: string;
  readonly serviceId: string;
  readonly headsign: string | undefined;
  readonly directionId: number | undefined;
  readonly blockId: string | undefined;
  readonly shapeId: string | undefined;
  /** The earliest and the latest of its times; undefined when it has none. */
  readonly firstS: number | undefined;
  readonly lastS: number | undefined;
}

export interface Trip extends TripHead {
  readonly stopTimes: readonly StopTime[];
}

/** A trip on one day of service. */
export interface TripRun extends TripHead {
  readonly serviceDate: ServiceDate;
}
