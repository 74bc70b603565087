/**
 * What the leg rules of a feed leave out, or say for nobody: its kinds of rides, as `match/reach.ts` asks them. It asks for
 * every pair of areas in every network at every time, which is too much before each price and little for a check.
 */

import type { Problem } from '../../error.ts';
import { bandMoments } from '../../tariff/band-moments.ts';
import { compileBands } from '../../tariff/bands.ts';
import { hasExitTimes } from '../../tariff/prices.ts';
import type { ItineraryTables } from '../../tariff/tables.ts';
import { Findings } from '../match/findings.ts';
import type { LegMatcher } from '../match/matcher.ts';
import { NONE } from '../match/names.ts';
import { warnOfUnpriced } from '../match/network.ts';
import { checkReach, type Kinds, type Times } from '../match/reach.ts';
import type { ItineraryFares } from './compile.ts';

/** More kinds of rides than a feed of many cities has; so many are asked in a second or two. */
const KINDS = 1_000_000;

/** Warnings alone. Nothing where fares go by v1: its rules say themselves where they hold. */
export function reachProblems(fares: ItineraryFares, tables: ItineraryTables): readonly Problem[] {
  if (fares.kind === 'fare-attributes') return [];
  const findings = new Findings();
  warnOfUnpriced(tables, findings);
  const kinds = kindsOf(fares.matcher, tables);
  const count = kinds.networks.length * kinds.ends.length ** 2 * kinds.times.length;
  if (count <= KINDS) checkReach(kinds, tables, findings);
  else {
    const { file } = tables.fareLegRules.at({ line: 1 }, 'fare_product_id');
    const what = `${count.toLocaleString('en')} kinds of rides, by networks, areas and timeframes: none was asked for its fare`;
    const expected = `at most ${KINDS.toLocaleString('en')}`;
    findings.add({ at: { file }, what, expected, severity: 'warning' });
  }
  return findings.problems;
}

function kindsOf(matcher: LegMatcher, tables: ItineraryTables): Kinds {
  const { networks, areas, timeframes } = matcher;
  const ends = endsOf(matcher);
  const times = timesOf(tables);
  const sets = times.map(({ entered, left }) => [timeframes.setOf(entered), timeframes.setOf(left)] as const);
  const ridden = new Set(networks.ofRoute);
  const numbers = [NONE, ...networks.names.all.keys()];
  return {
    networks: numbers.map(network => ({
      name: networks.names.nameOf(network),
      isRidden: ridden.has(network),
    })),
    ends: ends.map(stop =>
      areas.sets.membersOf(areas.ofStop[stop] ?? 0).map(area => areas.names.nameOf(area)),
    ),
    times,
    winners: (network, from, to, time) => {
      const [entered, left] = sets[time] ?? [0, 0];
      const { rules } = matcher.match(
        numbers[network] ?? NONE,
        areas.from.classOfStop[ends[from] ?? 0] ?? 0,
        areas.to.classOfStop[ends[to] ?? 0] ?? 0,
        entered,
        left,
      );
      return rules.map(({ row }) => row);
    },
  };
}

/** A stop for each kind that leg rules tell apart: areas that no rule names are alike, and none is a kind of its own. */
function endsOf({ areas: { ofStop, sets, from, to } }: LegMatcher): number[] {
  const stops = new Map<string, number>();
  for (const [stop, set] of ofStop.entries()) {
    const isSomewhere = sets.membersOf(set).length > 0;
    const kind = `${from.classOfStop[stop]} ${to.classOfStop[stop]} ${isSomewhere}`;
    if (!stops.has(kind)) stops.set(kind, stop);
  }
  return [...stops.values()];
}

function timesOf(tables: ItineraryTables): Times[] {
  const { bands, names } = compileBands(tables);
  const moments = bandMoments(bands);
  return names.flatMap((entered, band): Times[] => {
    const one = { entered, left: entered, example: moments[band] };
    if (!hasExitTimes(tables)) return [one];
    return names.map((left, place) => ({ ...one, left, example: moments[place] && moments[band] }));
  });
}
