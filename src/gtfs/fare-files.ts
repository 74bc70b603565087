/**
 * The texts of a feed's files -> the tables that itineraries are priced by: its fare tables, v2 and v1, and those that say
 * where and when a leg is. Pure.
 */
import type { Problem } from '../core/error.ts';
import type { ItineraryTables } from '../core/tariff/tables.ts';
import { SPECS } from './fare-specs.ts';
import type { TableSpec } from './spec.ts';
import { absentTable, readTable, type Table } from './table.ts';

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
    const read = file === undefined ? absentTable(spec, path) : readTable(file.text, path, spec);
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

/** The files that are looked at. */
export const FARE_FILE_NAMES: ReadonlySet<string> = new Set(Object.values(SPECS).map(({ file }) => file));
