/**
 * GTFS Fares v1, compiled. Rows of fare_rules.txt for one fare are alternatives, but for `contains_id`: rows that differ
 * in it alone are one rule, 'because all contains_id zones must be matched for the fare to apply'.
 */
import { parseAmount } from '../../money.ts';
import type { FareRuleRow, ItineraryTables } from '../../tariff/tables.ts';
import type { Findings } from '../match/findings.ts';
import { grouped } from '../match/grouped.ts';
import { Names, NONE } from '../match/names.ts';
import { compileNetworks, type Networks } from '../match/network.ts';
import { compileStops, type Stops } from '../match/stop.ts';

export interface AttributeFares {
  readonly kind: 'fare-attributes';
  readonly stops: Stops;
  readonly networks: Networks;
  readonly fares: readonly Fare[];
  readonly currencies: Names;
  /** By stop; `NONE` without. 'If this record represents a station, the zone_id is ignored': none is inherited. */
  readonly zoneOfStop: Int32Array;
  readonly agencyOfRoute: Int32Array;
}

export interface Fare {
  readonly fareId: string;
  readonly price: number;
  readonly currency: number;
  /** Legs it covers at most. */
  readonly legs: number;
  /** From the first departure to the last. */
  readonly durationMs: number;
  /** `NONE`: any. */
  readonly agency: number;
  /** Empty: everywhere. */
  readonly clauses: readonly Clause[];
}

/** `NONE` is an empty field. */
export interface Clause {
  readonly route: number;
  readonly origin: number;
  readonly destination: number;
  /** Zones entered, no more and no fewer; empty asks for none. */
  readonly contains: readonly number[];
}

export function compileAttributeFares(tables: ItineraryTables, findings: Findings): AttributeFares {
  const stops = compileStops(tables, findings);
  const networks = compileNetworks(tables, findings);
  const zones = new Names();
  const zoneOfStop = Int32Array.from(tables.stops.rows, ({ zone_id }) =>
    zone_id === undefined ? NONE : zones.add(zone_id),
  );
  const agencies = new Names();
  for (const { agency_id } of tables.agency.rows) agencies.add(agency_id ?? '');
  const only = agencies.all.length === 1 ? 0 : NONE;
  const agencyOfRoute = Int32Array.from(tables.routes.rows, ({ agency_id }) =>
    agency_id === undefined ? only : agencies.of(agency_id),
  );
  const currencies = new Names();
  const rules = grouped(tables.fareRules.rows, ({ fare_id }) => fare_id);
  const table = tables.fareAttributes;
  const fares = table.rows.map((row): Fare => {
    const price = parseAmount(row.price, row.currency_type);
    if (price === undefined || price < 0) {
      const expected = `an amount in ${row.currency_type}, exact to its minor unit`;
      findings.wrong(table, row, 'price', { what: `price '${row.price}'`, expected });
    }
    const agency = agencies.of(row.agency_id);
    if (row.agency_id !== undefined && agency === NONE)
      findings.unknown(table, row, 'agency_id', agencies.all);
    return {
      fareId: row.fare_id,
      price: price ?? 0,
      currency: currencies.add(row.currency_type),
      legs: (row.transfers ?? Number.POSITIVE_INFINITY) + 1,
      durationMs: (row.transfer_duration ?? Number.POSITIVE_INFINITY) * 1000,
      agency,
      clauses: compileClauses(
        rules.get(row.fare_id) ?? [],
        tables,
        { routes: networks.routes, zones },
        findings,
      ),
    };
  });
  const known = new Set(table.rows.map(({ fare_id }) => fare_id));
  for (const row of tables.fareRules.rows)
    if (!known.has(row.fare_id)) findings.unknown(tables.fareRules, row, 'fare_id', [...known]);
  return { kind: 'fare-attributes', stops, networks, fares, currencies, zoneOfStop, agencyOfRoute };
}

function compileClauses(
  rows: readonly FareRuleRow[],
  { fareRules: table }: ItineraryTables,
  { routes, zones }: { readonly routes: Names; readonly zones: Names },
  findings: Findings,
): Clause[] {
  const number = (row: FareRuleRow, column: 'route_id' | 'origin_id' | 'destination_id' | 'contains_id') => {
    const names = column === 'route_id' ? routes : zones;
    const found = names.of(row[column]);
    if (row[column] === undefined || found !== NONE) return found;
    // A zone without stops, or a route that is gone, is a rule that never holds: real feeds keep some.
    findings.unknown(table, row, column, names.all, 'warning');
    return NOWHERE;
  };
  const alike = grouped(rows, ({ route_id, origin_id, destination_id }) =>
    JSON.stringify([route_id, origin_id, destination_id]),
  );
  return [...alike.values()].flatMap(([first, ...rest]): Clause[] => {
    if (first === undefined) return [];
    const contains = [first, ...rest].flatMap(row =>
      row.contains_id === undefined ? [] : [number(row, 'contains_id')],
    );
    return [
      {
        route: number(first, 'route_id'),
        origin: number(first, 'origin_id'),
        destination: number(first, 'destination_id'),
        contains: [...new Set(contains)],
      },
    ];
  });
}

/** No route and no zone has this number. */
const NOWHERE = -2;
