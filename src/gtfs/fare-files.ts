/**
 * The texts of a feed's files -> the tables that itineraries are priced by: its fare tables, v2 and v1, and those that say
 * where and when a leg is. Pure.
 */
import type { Problem } from '../core/error.ts';
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
import { readTable, type Table } from './table.ts';
import { AGENCY, CALENDAR, CALENDAR_DATES, ROUTES, STOPS } from './tables.ts';

export interface FareText {
  /** As problems name it. */
  readonly path: string;
  readonly text: string;
}

/** `texts` by file name; `folder` is how problems name a file that is not there. */
export function readFareTables(
  texts: ReadonlyMap<string, FareText>,
  folder: string,
): { readonly tables: ItineraryTables; readonly problems: readonly Problem[] } {
  const problems: Problem[] = [];
  const table = <S extends TableSpec>(spec: S): Table<S> => {
    const file = texts.get(spec.file);
    const path = file?.path ?? `${folder.replace(/\/+$/, '')}/${spec.file}`;
    if (file === undefined && spec.required)
      problems.push({ at: { file: path }, what: 'missing', expected: 'a file' });
    const read = file === undefined ? absent<S>(path) : readTable(file.text, path, spec);
    problems.push(...read.problems);
    return read;
  };
  const tables = {
    fareMedia: table(SPECS.fareMedia),
    fareProducts: table(SPECS.fareProducts),
    fareLegRules: table(SPECS.fareLegRules),
    fareTransferRules: table(SPECS.fareTransferRules),
    fareLegJoinRules: table(SPECS.fareLegJoinRules),
    riderCategories: table(SPECS.riderCategories),
    timeframes: table(SPECS.timeframes),
    networks: table(SPECS.networks),
    routeNetworks: table(SPECS.routeNetworks),
    areas: table(SPECS.areas),
    stopAreas: table(SPECS.stopAreas),
    areaSets: table(SPECS.areaSets),
    areaSetElements: table(SPECS.areaSetElements),
    fareAttributes: table(SPECS.fareAttributes),
    fareRules: table(SPECS.fareRules),
    agency: table(SPECS.agency),
    stops: table(SPECS.stops),
    routes: table(SPECS.routes),
    calendar: table(SPECS.calendar),
    calendarDates: table(SPECS.calendarDates),
  };
  return { tables, problems };
}

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

/** How each table is read: those of fares whole, the others as far as a fare depends on them. */
const SPECS = {
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

/** The files that are looked at. */
export const FARE_FILE_NAMES: ReadonlySet<string> = new Set(Object.values(SPECS).map(({ file }) => file));

function absent<S extends TableSpec>(file: string): Table<S> {
  return { rows: [], columns: new Set(), problems: [], at: () => ({ file }) };
}
