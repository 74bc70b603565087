/**
 * The fare tables of the GTFS reference: Fares v2 as adopted, and v1. Which rule wins, and whether what they name
 * exists, is the tariff's business; here is only what each cell may hold.
 */
import { optional, required } from './column.ts';
import type { TableSpec } from './spec.ts';

export const FARE_MEDIA = {
  file: 'fare_media.txt',
  required: false,
  key: ['fare_media_id'],
  columns: [
    required('fare_media_id', 'id'),
    optional('fare_media_name', 'text'),
    /** None, paper ticket, transit card, contactless bank card, mobile app. */
    required('fare_media_type', [0, 1, 2, 3, 4]),
  ],
} as const satisfies TableSpec;

export const FARE_PRODUCTS = {
  file: 'fare_products.txt',
  required: false,
  key: ['fare_product_id', 'rider_category_id', 'fare_media_id'],
  columns: [
    required('fare_product_id', 'id'),
    optional('fare_product_name', 'text'),
    optional('rider_category_id', 'id'),
    optional('fare_media_id', 'id'),
    required('amount', 'amount'),
    required('currency', 'currency'),
  ],
} as const satisfies TableSpec;

export const RIDER_CATEGORIES = {
  file: 'rider_categories.txt',
  required: false,
  key: ['rider_category_id'],
  columns: [
    required('rider_category_id', 'id'),
    required('rider_category_name', 'text'),
    optional('is_default_fare_category', [0, 1]),
    optional('eligibility_url', 'text'),
  ],
} as const satisfies TableSpec;

export const NETWORKS = {
  file: 'networks.txt',
  required: false,
  key: ['network_id'],
  columns: [required('network_id', 'id'), optional('network_name', 'text')],
} as const satisfies TableSpec;

export const ROUTE_NETWORKS = {
  file: 'route_networks.txt',
  required: false,
  key: ['route_id'],
  columns: [required('network_id', 'id'), required('route_id', 'id')],
} as const satisfies TableSpec;

export const AREAS = {
  file: 'areas.txt',
  required: false,
  key: ['area_id'],
  columns: [required('area_id', 'id'), optional('area_name', 'text')],
} as const satisfies TableSpec;

export const STOP_AREAS = {
  file: 'stop_areas.txt',
  required: false,
  key: ['area_id', 'stop_id'],
  columns: [required('area_id', 'id'), required('stop_id', 'id')],
} as const satisfies TableSpec;

export const TIMEFRAMES = {
  file: 'timeframes.txt',
  required: false,
  columns: [
    required('timeframe_group_id', 'id'),
    optional('start_time', 'time'),
    optional('end_time', 'time'),
    required('service_id', 'id'),
  ],
} as const satisfies TableSpec;

export const FARE_LEG_RULES = {
  file: 'fare_leg_rules.txt',
  required: false,
  columns: [
    optional('leg_group_id', 'id'),
    optional('network_id', 'id'),
    optional('from_area_id', 'id'),
    optional('to_area_id', 'id'),
    optional('from_timeframe_group_id', 'id'),
    optional('to_timeframe_group_id', 'id'),
    required('fare_product_id', 'id'),
    optional('rule_priority', 'count'),
  ],
} as const satisfies TableSpec;

export const FARE_LEG_JOIN_RULES = {
  file: 'fare_leg_join_rules.txt',
  required: false,
  columns: [
    required('from_network_id', 'id'),
    required('to_network_id', 'id'),
    optional('from_stop_id', 'id'),
    optional('to_stop_id', 'id'),
  ],
} as const satisfies TableSpec;

export const FARE_TRANSFER_RULES = {
  file: 'fare_transfer_rules.txt',
  required: false,
  columns: [
    optional('from_leg_group_id', 'id'),
    optional('to_leg_group_id', 'id'),
    /** -1 is without limit. */
    optional('transfer_count', 'integer'),
    /** Seconds. */
    optional('duration_limit', 'count'),
    optional('duration_limit_type', [0, 1, 2, 3]),
    /** A + AB, A + AB + B, AB. */
    required('fare_transfer_type', [0, 1, 2]),
    optional('fare_product_id', 'id'),
  ],
} as const satisfies TableSpec;

export const FARE_ATTRIBUTES = {
  file: 'fare_attributes.txt',
  required: false,
  key: ['fare_id'],
  columns: [
    required('fare_id', 'id'),
    required('price', 'amount'),
    required('currency_type', 'currency'),
    /** On board, before boarding. */
    required('payment_method', [0, 1]),
    /** Empty is without limit. */
    optional('transfers', [0, 1, 2]),
    optional('agency_id', 'id'),
    /** Seconds. */
    optional('transfer_duration', 'count'),
  ],
} as const satisfies TableSpec;

export const FARE_RULES = {
  file: 'fare_rules.txt',
  required: false,
  columns: [
    required('fare_id', 'id'),
    optional('route_id', 'id'),
    optional('origin_id', 'id'),
    optional('destination_id', 'id'),
    optional('contains_id', 'id'),
  ],
} as const satisfies TableSpec;

/** All of them, v2 first. */
export const FARE_TABLES = [
  FARE_MEDIA,
  FARE_PRODUCTS,
  RIDER_CATEGORIES,
  NETWORKS,
  ROUTE_NETWORKS,
  AREAS,
  STOP_AREAS,
  TIMEFRAMES,
  FARE_LEG_RULES,
  FARE_LEG_JOIN_RULES,
  FARE_TRANSFER_RULES,
  FARE_ATTRIBUTES,
  FARE_RULES,
] as const satisfies readonly TableSpec[];
