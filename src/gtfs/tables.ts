/**
 * The schedule tables of the GTFS reference that Tura stores, and what they refer to. A column that nothing here
 * needs is `alsoKnown`, so that only a strange one is warned of.
 */
import { optional, required } from './column.ts';
import type { TableSpec } from './spec.ts';

export const AGENCY = {
  file: 'agency.txt',
  required: true,
  key: ['agency_id'],
  columns: [
    optional('agency_id', 'id'),
    required('agency_name', 'text'),
    required('agency_timezone', 'timezone'),
  ],
  alsoKnown: [
    'agency_url', 'agency_lang', 'agency_phone', 'agency_fare_url', 'agency_email', 'cemv_support',
  ], // biome-ignore format: names read best as one block
} as const satisfies TableSpec;

export const STOPS = {
  file: 'stops.txt',
  required: true,
  key: ['stop_id'],
  columns: [
    required('stop_id', 'id'),
    optional('stop_code', 'text'),
    optional('stop_name', 'text'),
    optional('stop_lat', 'latitude'),
    optional('stop_lon', 'longitude'),
    optional('zone_id', 'id'),
    /** Stop or platform, station, entrance, generic node, boarding area. */
    optional('location_type', [0, 1, 2, 3, 4]),
    optional('parent_station', 'id'),
    optional('stop_timezone', 'timezone'),
    optional('platform_code', 'text'),
  ],
  alsoKnown: [
    'stop_desc', 'stop_url', 'tts_stop_name', 'wheelchair_boarding', 'level_id', 'stop_access',
  ], // biome-ignore format: names read best as one block
} as const satisfies TableSpec;

export const ROUTES = {
  file: 'routes.txt',
  required: true,
  key: ['route_id'],
  columns: [
    required('route_id', 'id'),
    optional('agency_id', 'id'),
    optional('route_short_name', 'text'),
    optional('route_long_name', 'text'),
    required('route_type', 'count'),
    optional('route_color', 'text'),
    optional('route_text_color', 'text'),
    optional('network_id', 'id'),
  ],
  alsoKnown: [
    'route_desc', 'route_url', 'route_sort_order', 'continuous_pickup', 'continuous_drop_off', 'cemv_support',
  ], // biome-ignore format: names read best as one block
} as const satisfies TableSpec;

export const CALENDAR = {
  file: 'calendar.txt',
  required: false,
  key: ['service_id'],
  columns: [
    required('service_id', 'id'),
    required('monday', [0, 1]),
    required('tuesday', [0, 1]),
    required('wednesday', [0, 1]),
    required('thursday', [0, 1]),
    required('friday', [0, 1]),
    required('saturday', [0, 1]),
    required('sunday', [0, 1]),
    required('start_date', 'date'),
    required('end_date', 'date'),
  ],
} as const satisfies TableSpec;

export const CALENDAR_DATES = {
  file: 'calendar_dates.txt',
  required: false,
  key: ['service_id', 'date'],
  columns: [
    required('service_id', 'id'),
    required('date', 'date'),
    /** Added, removed. */
    required('exception_type', [1, 2]),
  ],
} as const satisfies TableSpec;

export const TRIPS = {
  file: 'trips.txt',
  required: false,
  key: ['trip_id'],
  columns: [
    required('trip_id', 'id'),
    required('route_id', 'id'),
    required('service_id', 'id'),
    optional('trip_headsign', 'text'),
    optional('direction_id', [0, 1]),
    optional('block_id', 'id'),
    optional('shape_id', 'id'),
  ],
  alsoKnown: ['trip_short_name', 'wheelchair_accessible', 'bikes_allowed', 'cars_allowed'],
} as const satisfies TableSpec;

export const STOP_TIMES = {
  file: 'stop_times.txt',
  required: false,
  columns: [
    required('trip_id', 'id'),
    required('stop_id', 'id'),
    required('stop_sequence', 'count'),
    optional('arrival_time', 'time'),
    optional('departure_time', 'time'),
    /** As scheduled, none, phone the agency, ask the driver. */
    optional('pickup_type', [0, 1, 2, 3]),
    optional('drop_off_type', [0, 1, 2, 3]),
    optional('shape_dist_traveled', 'number'),
    /** Approximate, exact. */
    optional('timepoint', [0, 1]),
  ],
  alsoKnown: [
    'stop_headsign', 'continuous_pickup', 'continuous_drop_off', 'location_group_id', 'location_id',
    'start_pickup_drop_off_window', 'end_pickup_drop_off_window', 'pickup_booking_rule_id',
    'drop_off_booking_rule_id',
  ], // biome-ignore format: names read best as one block
} as const satisfies TableSpec;

export const SHAPES = {
  file: 'shapes.txt',
  required: false,
  columns: [
    required('shape_id', 'id'),
    required('shape_pt_lat', 'latitude'),
    required('shape_pt_lon', 'longitude'),
    required('shape_pt_sequence', 'count'),
    optional('shape_dist_traveled', 'number'),
  ],
} as const satisfies TableSpec;

export const FEED_INFO = {
  file: 'feed_info.txt',
  required: false,
  columns: [
    required('feed_publisher_name', 'text'),
    optional('feed_start_date', 'date'),
    optional('feed_end_date', 'date'),
    optional('feed_version', 'text'),
  ],
  alsoKnown: [
    'feed_publisher_url', 'feed_lang', 'default_lang', 'feed_contact_email', 'feed_contact_url',
  ], // biome-ignore format: names read best as one block
} as const satisfies TableSpec;
