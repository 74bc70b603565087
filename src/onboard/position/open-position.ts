import type { Zone } from '../../core/time.ts';
import type { Device } from '../device.ts';
import type { Stops } from '../stops/stops.ts';
import { driverPosition } from './driver.ts';
import { followedPosition } from './followed.ts';
import type { Position } from './position.ts';
import { timetablePosition } from './timetable.ts';
import { runsOf } from './track/runs.ts';

/** The source a device file names. `zone` is the feed's time zone, compiled. */
export function openPosition(position: Device['position'], stops: Stops, zone: Zone): Position {
  switch (position.source) {
    case 'timetable':
      return timetablePosition(stops, zone, position.routeId);
    case 'driver':
      return driverPosition(stops, position);
    case 'gnss':
    case 'ibis':
      return followedPosition(stops, runsOf(stops, zone), position.routeId);
    default:
      return position satisfies never;
  }
}
