/**
 * Effective fare legs: 'if the transfer matches all matching predicates specified by a particular record, then those two
 * legs should be considered as a single effective fare leg', and so should any number of them in a row (GTFS reference,
 * fare_leg_join_rules.txt). They are joined before any leg rule is looked at; from and to are then the outer ends.
 */
import type { ItineraryTables } from '../../tariff/tables.ts';
import type { Findings } from '../match/findings.ts';
import { NONE } from '../match/names.ts';
import { compileLimit, type InTime } from './duration.ts';
import type { Places, Ride } from './ride.ts';

interface JoinRule {
  readonly network: number;
  /** `NONE`: the two legs change at one station. */
  readonly from: number;
  readonly to: number;
  /** From the first of all legs joined, a draft (google/transit#639). */
  readonly inTime: InTime;
}

export interface Joins {
  readonly rules: readonly JoinRule[];
  readonly places: Places;
}

export function compileJoins(tables: ItineraryTables, places: Places, findings: Findings): Joins {
  const { stops, networks } = places;
  const table = tables.fareLegJoinRules;
  const rules = table.rows.map((row): JoinRule => {
    for (const column of ['from_network_id', 'to_network_id'] as const)
      if (networks.names.of(row[column]) === NONE) findings.unknown(table, row, column, networks.names.all);
    // 'Each leg must have the same network_id which will be used for matching.'
    if (row.from_network_id !== row.to_network_id) {
      const what = `joins '${row.from_network_id}' to another network, '${row.to_network_id}'`;
      findings.wrong(table, row, 'to_network_id', { what, expected: `'${row.from_network_id}'` });
    }
    const stop = (column: 'from_stop_id' | 'to_stop_id') => {
      const found = stops.names.of(row[column]);
      if (row[column] !== undefined && found === NONE) findings.unknown(table, row, column, stops.names.all);
      return found;
    };
    const [from, to] = [stop('from_stop_id'), stop('to_stop_id')];
    if ((row.from_stop_id === undefined) !== (row.to_stop_id === undefined)) {
      const column = row.from_stop_id === undefined ? 'from_stop_id' : 'to_stop_id';
      findings.wrong(table, row, column, { what: `${column} is empty`, expected: 'both stops or neither' });
    }
    const inTime = compileLimit(table, row, findings);
    return { network: networks.names.of(row.from_network_id), from, to, inTime };
  });
  return { rules, places };
}

export function joined(rides: readonly Ride[], joins: Joins): readonly Ride[] {
  if (joins.rules.length === 0 || rides.length < 2) return rides;
  const effective: Ride[] = [];
  for (let index = 0; index < rides.length; ) {
    const [first, ...rest] = rides.slice(index);
    if (first === undefined) break;
    const parts = [first];
    for (const next of rest) {
      if (!isJoined(first, parts[parts.length - 1] ?? first, next, joins)) break;
      parts.push(next);
    }
    effective.push(oneOf(parts, first));
    index += parts.length;
  }
  return effective;
}

function isJoined(first: Ride, last: Ride, next: Ride, { rules, places }: Joins): boolean {
  return rules.some(
    ({ network, from, to, inTime }) =>
      last.network === network &&
      next.network === network &&
      (from === NONE
        ? isOneStation(last.to, next.from, places)
        : isAt(last.to, from, places) && isAt(next.from, to, places)) &&
      inTime(first, next),
  );
}

/** 'The last station of the pre-transfer leg and the first station of the post-transfer leg must be the same.' */
function isOneStation(a: number, b: number, { stops }: Places): boolean {
  return stops.stations[a] === stops.stations[b];
}

/** At the stop itself, or anywhere in it where it is a station. */
function isAt(stop: number, place: number, { stops }: Places): boolean {
  return stop === place || stops.parents[stop] === place || stops.stations[stop] === place;
}

function oneOf(parts: readonly Ride[], first: Ride): Ride {
  const last = parts[parts.length - 1] ?? first;
  if (last === first) return first;
  const distances = parts.map(({ distance }) => distance);
  const inside = parts.flatMap(part => [part.from, ...part.intermediate, part.to]);
  return {
    ...first,
    lastLeg: last.lastLeg,
    to: last.to,
    arrival: last.arrival,
    distance: distances.includes(undefined)
      ? undefined
      : distances.reduce<number>((sum, units) => sum + (units ?? 0), 0),
    intermediate: inside.slice(1, -1),
  };
}
