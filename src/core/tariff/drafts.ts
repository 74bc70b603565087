/**
 * Proposals to GTFS Fares v2 that are not adopted yet and that people wait for. A tariff folder switches one on by its
 * name in `tariff.yaml`; a bare feed has nowhere to put the switch, so that there a column with values is its own.
 */
import { z } from 'zod';
import type { Position, Problem } from '../error.ts';
import {
  type FareTable,
  type ItineraryTables,
  UNPRICED_LEG_RULE_COLUMNS,
  UNPRICED_TRANSFER_RULE_COLUMNS,
} from './tables.ts';

export const DRAFTS = [
  'nonconsecutive-transfers',
  'area-sets',
  'distance-based-rules',
  'join-time-limit',
  'transfer-products',
  'transfer-only',
] as const;
export type Draft = (typeof DRAFTS)[number];

/** The key `drafts` of `tariff.yaml`; the other keys are none of an itinerary's business. */
export const draftsSchema = z.looseObject({ drafts: z.array(z.enum(DRAFTS)).optional() });

/** The switches of a tariff folder, or `bare` for a feed that has nowhere to put one. */
export type Switches = readonly Draft[] | 'bare';

interface DraftColumn {
  readonly draft: Draft;
  readonly name: string;
  /** Where a value stands first. */
  readonly firstUse: (tables: ItineraryTables) => Position | undefined;
}

type Names<T extends keyof ItineraryTables> =
  ItineraryTables[T] extends FareTable<infer Row> ? Exclude<keyof Row & string, 'line'> : never;

const inLegRules = (draft: Draft, name: Names<'fareLegRules'>): DraftColumn => ({
  draft,
  name,
  firstUse: ({ fareLegRules }) => firstUse(fareLegRules, name),
});
const inTransferRules = (draft: Draft, name: Names<'fareTransferRules'>): DraftColumn => ({
  draft,
  name,
  firstUse: ({ fareTransferRules }) => firstUse(fareTransferRules, name),
});
const inJoinRules = (draft: Draft, name: Names<'fareLegJoinRules'>): DraftColumn => ({
  draft,
  name,
  firstUse: ({ fareLegJoinRules }) => firstUse(fareLegJoinRules, name),
});

const DRAFTED_LEG_RULE_COLUMNS = [
  'contains_area_set_id',
  'contains_exactly_area_set_id',
  'min_distance_units',
  'max_distance_units',
  'transfer_only',
] as const;

/** By the pull requests and issues of google/transit that propose them. */
const COLUMNS: readonly DraftColumn[] = [
  // 498; its guide at gtfs.org has the plural.
  inTransferRules('nonconsecutive-transfers', 'nonconsecutive_transfer_allowed'),
  inTransferRules('nonconsecutive-transfers', 'nonconsecutive_transfers_allowed'),
  // 483
  inLegRules('area-sets', 'contains_area_set_id'),
  inLegRules('area-sets', 'contains_exactly_area_set_id'),
  // 556
  inLegRules('distance-based-rules', 'min_distance_units'),
  inLegRules('distance-based-rules', 'max_distance_units'),
  // 639
  inJoinRules('join-time-limit', 'duration_limit'),
  inJoinRules('join-time-limit', 'duration_limit_type'),
  // 423. Its third column, fare_media_behavior, asks whether both legs are paid by one medium: here they always are.
  inTransferRules('transfer-products', 'fare_product_behavior'),
  inTransferRules('transfer-products', 'filter_fare_product_id'),
  // 345
  inLegRules('transfer-only', 'transfer_only'),
];

/** Every column of a draft that has values: refused, or warned of where a feed is bare. */
export function draftProblems(tables: ItineraryTables, switches: Switches): Problem[] {
  return COLUMNS.flatMap(({ draft, name, firstUse: find }): Problem[] => {
    const at = switches !== 'bare' && switches.includes(draft) ? undefined : find(tables);
    if (at === undefined) return [];
    return switches === 'bare'
      ? [{ at, what: `column '${name}' is a draft (${draft}): it is kept to`, severity: 'warning' }]
      : [{ at, what: `column '${name}' is a draft`, expected: `drafts: [${draft}] in tariff.yaml` }];
  });
}

/** Columns that would change a price and that nobody here understands. */
export function unpricedProblems({ fareLegRules, fareTransferRules }: ItineraryTables): Problem[] {
  return [
    ...usedColumns(fareLegRules, UNPRICED_LEG_RULE_COLUMNS, NOT_PRICED),
    ...usedColumns(fareTransferRules, UNPRICED_TRANSFER_RULE_COLUMNS, NOT_PRICED),
  ];
}

/** A tap tells neither how far a ride went nor through what: switched on or not, such a rule would be half kept to. */
export function untappableProblems(fareLegRules: ItineraryTables['fareLegRules']): Problem[] {
  return [
    ...usedColumns(fareLegRules, DRAFTED_LEG_RULE_COLUMNS, 'is priced for itineraries, not for taps'),
    ...usedColumns(fareLegRules, UNPRICED_LEG_RULE_COLUMNS, NOT_PRICED),
  ];
}

const NOT_PRICED = 'would change the price and is not priced';

function usedColumns<Row extends { readonly line: number }>(
  table: FareTable<Row>,
  names: readonly Exclude<keyof Row & string, 'line'>[],
  why: string,
): Problem[] {
  return names.flatMap((name): Problem[] => {
    const at = firstUse(table, name);
    return at === undefined ? [] : [{ at, what: `column '${name}' ${why}`, expected: 'an empty column' }];
  });
}

/** The enums of all drafts say 'as before' by 0. */
function firstUse<Row extends { readonly line: number }>(
  table: FareTable<Row>,
  name: Exclude<keyof Row & string, 'line'>,
): Position | undefined {
  const row = table.rows.find(candidate => candidate[name] !== undefined && candidate[name] !== 0);
  return row === undefined ? undefined : table.at(row, name);
}
