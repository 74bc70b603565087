/**
 * Which leg rules win for a leg: 'fare_leg_rules.txt must be filtered by the fields that define the characteristics of
 * travel' (GTFS reference). Rules are found by the hash of network and areas, each of them as it is or empty, and never
 * by going through them all: a leg costs the same under 600 rules and under 60,000.
 *
 * Legs that no field can tell apart are the same question: `match` takes it in numbers and remembers the answer.
 */
import type { ItineraryTables } from '../../tariff/tables.ts';
import { type Areas, compileAreas } from './area.ts';
import type { Travelled } from './condition.ts';
import type { Findings } from './findings.ts';
import { compileLegRules, type LegRule, type LegRules } from './leg-rule.ts';
import { NONE } from './names.ts';
import { compileNetworks, type Networks } from './network.ts';
import { highest } from './priority.ts';
import { compileStops, type Stops } from './stop.ts';
import { compileTimeframes, type Timeframes } from './timeframe.ts';

/** What the rules that match a leg have in common; the same object for every leg that asks the same. */
export interface Match {
  /** From 0, in its generation: all of one are forgotten together, and so must be what is kept by their numbers. */
  readonly number: number;
  readonly generation: number;
  /** Of the highest priority, or all that may still win where `conditional`. */
  readonly rules: readonly LegRule[];
  /** Some rule asks how far or through what the leg goes: `winners` decides. */
  readonly conditional: boolean;
}

/** Answers remembered; beyond that all are forgotten and found again. */
const MATCHES_KEPT = 65_536;

/** More sets of timeframe groups than can hold at one moment in any feed. */
const SETS = 2 ** 20;

export class LegMatcher {
  readonly stops: Stops;
  readonly networks: Networks;
  readonly areas: Areas;
  readonly timeframes: Timeframes;
  readonly legRules: LegRules;
  /** By network + 1, then by areas: `NONE` + 1 is the empty field. */
  readonly #index: readonly Map<number, LegRule[]>[];
  /** By network + 1 and pair of timeframe sets, then by classes of stops. */
  #remembered: (Map<number, Match> | undefined)[] = [];
  /** The pairs of timeframe sets that were met: as a rule a handful. */
  readonly #pairs = new Map<number, number>();
  #count = 0;
  #generation = 0;

  constructor(stops: Stops, networks: Networks, areas: Areas, timeframes: Timeframes, legRules: LegRules) {
    this.stops = stops;
    this.networks = networks;
    this.areas = areas;
    this.timeframes = timeframes;
    this.legRules = legRules;
    this.#index = Array.from({ length: networks.names.all.length + 1 }, () => new Map<number, LegRule[]>());
    for (const rule of legRules.all) {
      const byAreas = this.#index[rule.network + 1];
      const key = this.#areaKey(rule.from, rule.to);
      const same = byAreas?.get(key);
      if (same === undefined) byAreas?.set(key, [rule]);
      else same.push(rule);
    }
  }

  /**
   * The rules for a leg in `network` (`NONE` without) between stops of two classes of `areas.from` and `areas.to`, while
   * two sets of timeframe groups hold (`timeframes.setAt`).
   */
  match(network: number, fromClass: number, toClass: number, fromSet: number, toSet: number): Match {
    const classKey = fromClass * this.areas.to.classes.length + toClass;
    const known = this.#remembered[this.#placeOf(network, fromSet, toSet)]?.get(classKey);
    if (known !== undefined) return known;
    const rules = this.#find(network, fromClass, toClass, fromSet, toSet);
    const conditional = rules.some(rule => rule.conditions.length > 0);
    if (this.#count >= MATCHES_KEPT) this.#forget();
    const match = {
      number: this.#count++,
      generation: this.#generation,
      rules: conditional ? rules : highest(rules),
      conditional,
    };
    const place = this.#placeOf(network, fromSet, toSet);
    this.#remembered[place] = (this.#remembered[place] ?? new Map<number, Match>()).set(classKey, match);
    return match;
  }

  /** The answer for one leg that has been travelled so far and through such stops. */
  winners(match: Match, travelled: Travelled): readonly LegRule[] {
    if (!match.conditional) return match.rules;
    return highest(match.rules.filter(rule => rule.conditions.every(holds => holds(travelled))));
  }

  #find(
    network: number,
    fromClass: number,
    toClass: number,
    fromSet: number,
    toSet: number,
  ): readonly LegRule[] {
    const candidates: LegRule[] = [];
    const { from, to } = this.areas;
    for (const ruleNetwork of this.#networksFor(network)) {
      for (const fromArea of fieldsFor(from.classes[fromClass])) {
        for (const toArea of fieldsFor(to.classes[toClass])) {
          const rules = this.#index[ruleNetwork + 1]?.get(this.#areaKey(fromArea, toArea)) ?? [];
          for (const rule of rules) {
            const holds =
              this.timeframes.holds(fromSet, rule.fromTimeframe) &&
              this.timeframes.holds(toSet, rule.toTimeframe);
            if (holds) candidates.push(rule);
          }
        }
      }
    }
    return candidates.sort((a, b) => a.index - b.index);
  }

  #networksFor(network: number): readonly number[] {
    const own = network === NONE ? [] : [network];
    return this.networks.passesEmpty(network) ? [...own, NONE] : own;
  }

  #placeOf(network: number, fromSet: number, toSet: number): number {
    const key = fromSet * SETS + toSet;
    let pair = this.#pairs.get(key);
    if (pair === undefined) {
      pair = this.#pairs.size;
      this.#pairs.set(key, pair);
    }
    return pair * this.#index.length + network + 1;
  }

  #forget(): void {
    this.#remembered = [];
    this.#pairs.clear();
    this.#count = 0;
    this.#generation += 1;
  }

  #areaKey(from: number, to: number): number {
    return (from + 1) * (this.areas.names.all.length + 1) + to + 1;
  }
}

/** The areas a field may name for a stop to pass it, the empty field among them where that lets it in. */
function fieldsFor(
  stops: { readonly listed: readonly number[]; readonly passesEmpty: boolean } | undefined,
): readonly number[] {
  if (stops === undefined) return [NONE];
  return stops.passesEmpty ? [...stops.listed, NONE] : stops.listed;
}

export function compileMatcher(tables: ItineraryTables, findings: Findings): LegMatcher {
  const stops = compileStops(tables, findings);
  const networks = compileNetworks(tables, findings);
  const areas = compileAreas(tables, stops, findings);
  const timeframes = compileTimeframes(tables, stops, findings);
  const legRules = compileLegRules(tables, { networks, areas, timeframes }, findings);
  return new LegMatcher(stops, networks, areas, timeframes, legRules);
}
