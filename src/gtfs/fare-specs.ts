/** How each table that a fare depends on is read: those of fares whole, the others as far as they change a price. */
import type { ItineraryTables } from '../core/tariff/tables.ts';
import {
  AREA_SET_ELEMENTS,
  AREA_SETS,
  DRAFTED_JOIN_RULES,
  DRAFTED_LEG_RULES,
  DRAFTED_TRANSFER_RULES,
} from './fare-drafts.ts';
import {
  AREAS,
  FARE_ATTRIBUTES,
  FARE_MEDIA,
  FARE_PRODUCTS,
  FARE_RULES,
  NETWORKS,
  RIDER_CATEGORIES,
  ROUTE_NETWORKS,
  STOP_AREAS,
  TIMEFRAMES,
} from './fare-tables.ts';
import type { TableSpec } from './spec.ts';
import { AGENCY, CALENDAR, CALENDAR_DATES, ROUTES, STOPS } from './tables.ts';

type Only<S extends TableSpec, Name extends string> = Omit<S, 'columns'> & {
  readonly columns: readonly Extract<S['columns'][number], { readonly name: Name }>[];
};

/** The table with the columns that change a price: what is wrong in another is no reason to refuse one. */
function only<const S extends TableSpec, const Name extends S['columns'][number]['name']>(
  spec: S,
  ...names: readonly Name[]
): Only<S, Name> {
  const isNamed = (
    column: S['columns'][number],
  ): column is Extract<S['columns'][number], { readonly name: Name }> =>
    names.some(name => name === column.name);
  const rest = spec.columns.map(({ name }) => name);
  return { ...spec, columns: spec.columns.filter(isNamed), alsoKnown: [...rest, ...(spec.alsoKnown ?? [])] };
}

export const SPECS = {
  fareMedia: only(FARE_MEDIA, 'fare_media_id'),
  fareProducts: FARE_PRODUCTS,
  fareLegRules: DRAFTED_LEG_RULES,
  fareTransferRules: DRAFTED_TRANSFER_RULES,
  fareLegJoinRules: DRAFTED_JOIN_RULES,
  riderCategories: only(RIDER_CATEGORIES, 'rider_category_id', 'is_default_fare_category'),
  timeframes: TIMEFRAMES,
  networks: only(NETWORKS, 'network_id'),
  routeNetworks: ROUTE_NETWORKS,
  areas: only(AREAS, 'area_id'),
  stopAreas: STOP_AREAS,
  areaSets: AREA_SETS,
  areaSetElements: AREA_SET_ELEMENTS,
  fareAttributes: FARE_ATTRIBUTES,
  fareRules: FARE_RULES,
  agency: only(AGENCY, 'agency_id', 'agency_timezone'),
  stops: only(STOPS, 'stop_id', 'zone_id', 'parent_station', 'stop_timezone'),
  routes: only(ROUTES, 'route_id', 'agency_id', 'network_id'),
  calendar: CALENDAR,
  calendarDates: CALENDAR_DATES,
} as const satisfies Record<keyof ItineraryTables, TableSpec>;
