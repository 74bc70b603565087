import type { Zone } from '../../core/time.ts';
import type { Device } from '../device.ts';
import type { Stops } from '../stops/stops.ts';
import { driverPosition } from './driver.ts';
import type { Position } from './position.ts';
import { timetablePosition } from './timetable.ts';

/** The source a device file names. `zone` is the feed's time zone, compiled. */
export function openPosition(position: Device['position'], stops: Stops, zone: Zone): Position {
  switch (position.source) {
    case 'timetable':
      return timetablePosition(stops, zone, position.routeId);
    case 'driver':
      return driverPosition(stops, position);
    default:
      return position satisfies never;
  }
}
