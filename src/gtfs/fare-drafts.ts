/** The fare tables with what drafts of Fares v2 add to them. A value there is priced, switched on, or refused by name. */
import { UNPRICED_LEG_RULE_COLUMNS, UNPRICED_TRANSFER_RULE_COLUMNS } from '../core/tariff/tables.ts';
import { optional, required } from './column.ts';
import { FARE_LEG_JOIN_RULES, FARE_LEG_RULES, FARE_TRANSFER_RULES } from './fare-tables.ts';
import type { TableSpec } from './spec.ts';

export const DRAFTED_LEG_RULES = {
  ...FARE_LEG_RULES,
  columns: [
    ...FARE_LEG_RULES.columns,
    optional('contains_area_set_id', 'id'),
    optional('contains_exactly_area_set_id', 'id'),
    optional('min_distance_units', 'number'),
    optional('max_distance_units', 'number'),
    optional('transfer_only', [0, 1]),
    ...UNPRICED_LEG_RULE_COLUMNS.map(name => optional(name, 'text')),
  ],
} as const satisfies TableSpec;

export const DRAFTED_TRANSFER_RULES = {
  ...FARE_TRANSFER_RULES,
  columns: [
    ...FARE_TRANSFER_RULES.columns,
    optional('nonconsecutive_transfer_allowed', [0, 1]),
    optional('nonconsecutive_transfers_allowed', [0, 1]),
    optional('filter_fare_product_id', 'id'),
    optional('fare_product_behavior', [0, 1]),
    ...UNPRICED_TRANSFER_RULE_COLUMNS.map(name => optional(name, 'text')),
  ],
  // Asks whether both legs are paid by one medium: an itinerary's total is always that of one.
  alsoKnown: ['fare_media_behavior'],
} as const satisfies TableSpec;

export const DRAFTED_JOIN_RULES = {
  ...FARE_LEG_JOIN_RULES,
  columns: [
    ...FARE_LEG_JOIN_RULES.columns,
    optional('duration_limit', 'count'),
    optional('duration_limit_type', [0, 1, 2, 3]),
  ],
} as const satisfies TableSpec;

export const AREA_SETS = {
  file: 'area_sets.txt',
  required: false,
  key: ['area_set_id'],
  columns: [required('area_set_id', 'id')],
  alsoKnown: ['area_set_name'],
} as const satisfies TableSpec;

export const AREA_SET_ELEMENTS = {
  file: 'area_set_elements.txt',
  required: false,
  columns: [required('area_set_id', 'id'), required('area_id', 'id')],
} as const satisfies TableSpec;
