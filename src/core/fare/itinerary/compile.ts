/** Fare tables of a feed -> what prices itineraries, or every problem in one go. */
import type { Problem } from '../../error.ts';
import { draftProblems, type Switches, unpricedProblems } from '../../tariff/drafts.ts';
import type { ItineraryTables } from '../../tariff/tables.ts';
import { Findings } from '../match/findings.ts';
import { type AttributeFares, compileAttributeFares } from './fare-attributes.ts';
import { compileLegFares, type LegFares } from './leg-fares.ts';

/** Opaque but to `rateItinerary`. It remembers answers, within limits, and is otherwise never changed. */
export type ItineraryFares = LegFares | AttributeFares;

export interface CompiledItineraries {
  /** Absent when there is an error among the problems, or a row of the tables could not be read. */
  readonly fares?: ItineraryFares;
  readonly problems: readonly Problem[];
}

/**
 * `drafts` are those that `tariff.yaml` switches on; a feed without one is `bare`, and what it uses is kept to. 'It is
 * recommended that GTFS-Fares V2 takes precedence over GTFS-Fares V1' (GTFS reference, fare_attributes.txt).
 */
export function compileItineraries(tables: ItineraryTables, drafts: Switches = 'bare'): CompiledItineraries {
  const findings = new Findings({ ...tables });
  const fares = compileOne(tables, drafts, findings);
  return findings.hasErrors || fares === undefined || !areWhole(tables)
    ? { problems: findings.problems }
    : { fares, problems: findings.problems };
}

function areWhole(tables: ItineraryTables): boolean {
  return Object.values({ ...tables }).every(({ isWhole }) => isWhole);
}

function compileOne(
  tables: ItineraryTables,
  drafts: Switches,
  findings: Findings,
): ItineraryFares | undefined {
  if (tables.fareLegRules.rows.length > 0) {
    for (const problem of [...draftProblems(tables, drafts), ...unpricedProblems(tables)])
      findings.add(problem);
    return compileLegFares(tables, findings);
  }
  if (tables.fareAttributes.rows.length > 0) return compileAttributeFares(tables, findings);
  if (!tables.fareLegRules.isWhole || !tables.fareAttributes.isWhole) return undefined;
  const at = { file: tables.fareLegRules.at({ line: 1 }, 'fare_product_id').file };
  findings.add({ at, what: 'no fare rules', expected: 'a row here, or in fare_attributes.txt' });
  return undefined;
}
