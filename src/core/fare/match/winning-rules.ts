/**
 * For whoever prices by entries and exits and not by whole itineraries: the leg rules that win between two stops, worked
 * out beforehand for every pair that matters (a zone matrix), with a destination or without one.
 *
 * Stops of one class are alike for every rule: `matcher.areas.from.classOfStop` numbers the rows of a matrix and
 * `matcher.areas.to.classOfStop` its columns, so that it needs no cell for each pair of stops.
 */
import { assert } from '../../error.ts';
import type { ItineraryLegRuleRow } from '../../tariff/tables.ts';
import type { EpochMs } from '../../time.ts';
import type { LegRule } from './leg-rule.ts';
import type { LegMatcher } from './matcher.ts';
import { NONE } from './names.ts';
import { highest } from './priority.ts';

/** Ids are those of the tables; an absent network is a route in no network. Whatever else is absent is not known yet. */
export interface LegQuestion {
  readonly networkId?: string | undefined;
  readonly fromStopId: string;
  readonly toStopId?: string | undefined;
  readonly departure?: EpochMs | undefined;
  readonly arrival?: EpochMs | undefined;
  /** Fare distance units, where rules are distance-based. */
  readonly distance?: number | undefined;
}

export type Unknown = 'to' | 'departure' | 'arrival' | 'distance';

export interface WinningRules {
  /** What wins whatever the rest turns out to be; several are of equal right, and the cheapest is the rider's. */
  readonly rules: readonly ItineraryLegRuleRow[];
  /** What would have to be known for the answer to be final. While something stands here, `rules` may be overruled. */
  readonly undecided: readonly Unknown[];
}

export function winningRules(matcher: LegMatcher, question: LegQuestion): WinningRules {
  const asked = resolve(matcher, question);
  const sure: LegRule[] = [];
  const open: [rule: LegRule, unknown: readonly Unknown[]][] = [];
  for (const rule of matcher.legRules.all) {
    const unknown = unknownFor(matcher, asked, rule);
    if (unknown === undefined) continue;
    if (unknown.length === 0) sure.push(rule);
    else open.push([rule, unknown]);
  }
  const rules = highest(sure);
  const priority = rules[0]?.priority ?? 0;
  const undecided = open.filter(([rule]) => rule.priority >= priority).flatMap(([, unknown]) => unknown);
  return { rules: rules.map(({ row }) => row), undecided: [...new Set(undecided)] };
}

interface Asked extends Pick<LegQuestion, 'distance'> {
  readonly network: number;
  readonly from: number;
  readonly to: number | undefined;
  readonly departureSet: number | undefined;
  readonly arrivalSet: number | undefined;
}

function resolve({ stops, networks, timeframes }: LegMatcher, question: LegQuestion): Asked {
  const { networkId, fromStopId, toStopId, departure, arrival, distance } = question;
  const network = networks.names.of(networkId);
  const from = stops.names.of(fromStopId);
  const to = toStopId === undefined ? undefined : stops.names.of(toStopId);
  assert(networkId === undefined || network !== NONE, `the network '${networkId}' is in the tables`);
  assert(from !== NONE && to !== NONE, `the stops '${fromStopId}' and '${toStopId}' are in the tables`);
  const setAt = (stop: number | undefined, at: EpochMs | undefined) =>
    stop === undefined || at === undefined ? undefined : timeframes.setAt(stop, at);
  return {
    network,
    from,
    to,
    departureSet: setAt(from, departure),
    arrivalSet: setAt(to, arrival),
    distance,
  };
}

/** What must still be known to tell whether the rule matches; undefined when it cannot match any more. */
function unknownFor(matcher: LegMatcher, asked: Asked, rule: LegRule): readonly Unknown[] | undefined {
  const { networks, areas, timeframes } = matcher;
  const { network, from, to, departureSet, arrivalSet, distance } = asked;
  if (rule.network === NONE ? !networks.passesEmpty(network) : rule.network !== network) return undefined;
  if (!passes(areas.from.classes[areas.from.classOfStop[from] ?? 0], rule.from)) return undefined;
  const unknown: Unknown[] = [];
  if (to !== undefined) {
    if (!passes(areas.to.classes[areas.to.classOfStop[to] ?? 0], rule.to)) return undefined;
  } else if (rule.to !== NONE || areas.to.classes.some(({ passesEmpty }) => !passesEmpty)) unknown.push('to');
  if (departureSet === undefined && rule.fromTimeframe !== NONE) unknown.push('departure');
  if (arrivalSet === undefined && rule.toTimeframe !== NONE) unknown.push('arrival');
  if (!timeframes.holds(departureSet ?? 0, departureSet === undefined ? NONE : rule.fromTimeframe))
    return undefined;
  if (!timeframes.holds(arrivalSet ?? 0, arrivalSet === undefined ? NONE : rule.toTimeframe))
    return undefined;
  if (rule.conditions.length === 0) return unknown;
  if (to === undefined || distance === undefined) return [...unknown, 'distance'];
  return rule.conditions.every(holds => holds({ distance, stops: [from, to] })) ? unknown : undefined;
}

function passes(
  stops: { readonly listed: readonly number[]; readonly passesEmpty: boolean } | undefined,
  area: number,
): boolean {
  return area === NONE ? (stops?.passesEmpty ?? true) : (stops?.listed.includes(area) ?? false);
}
