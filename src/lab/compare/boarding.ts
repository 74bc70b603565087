/**
 * Where, when and as what a ride began: what riders, rides and money are told apart by. An exit's charge belongs to where
 * its rider got on, so that every charge stands in each of these dimensions once.
 */
import type { Ride } from '../../core/fare/ride.ts';
import { offsetAt, weekdayOf, type Zone } from '../../core/time.ts';
import { whole } from '../../core/whole.ts';

export const DIMENSIONS = ['category', 'line', 'stop', 'hour', 'weekday'] as const;
export type Dimension = (typeof DIMENSIONS)[number];

/** Of each dimension, the number of its group. */
export type Boarding = readonly number[];

/** What a ride is told apart by: a name, '' where it is not known, or a number. */
export type Key = string | number;

const HOUR_MS = 3_600_000;

export const KEYS: Readonly<Record<Dimension, (ride: Ride, zone: Zone) => Key>> = {
  category: ({ category }) => category,
  line: ({ routeId, networkId }) => routeId ?? networkId ?? '',
  stop: ({ stopId }) => stopId ?? '',
  /** By the wall clock. */
  hour: ({ atMs }, zone) => whole(Math.floor((atMs + offsetAt(zone, atMs)) / HOUR_MS) % 24),
  /** 0 is Monday. */
  weekday: ({ serviceDate }) => (weekdayOf(serviceDate) + 6) % 7,
};
