/** The Fares v2 tables a tariff is compiled from, as `gtfs/` reads them; the columns that are looked at, no others. */

import type { Position } from '../error.ts';

interface Located {
  readonly line: number;
}

export interface FareMediaRow extends Located {
  readonly fare_media_id: string;
}

export interface FareProductRow extends Located {
  readonly fare_product_id: string;
  readonly rider_category_id: string | undefined;
  readonly fare_media_id: string | undefined;
  /** Decimal text, exact. */
  readonly amount: string;
  readonly currency: string;
}

export interface FareLegRuleRow extends Located {
  readonly leg_group_id: string | undefined;
  readonly network_id: string | undefined;
  readonly from_area_id: string | undefined;
  readonly to_area_id: string | undefined;
  readonly from_timeframe_group_id: string | undefined;
  readonly to_timeframe_group_id: string | undefined;
  readonly fare_product_id: string;
}

export interface FareTable<Row extends Located> {
  readonly rows: readonly Row[];
  /** Every column the header names: some mean something by being there at all. */
  readonly columns: ReadonlySet<string>;
  /** Where a cell stands, or its row when the file lacks the column. */
  readonly at: (row: Located, column: Exclude<keyof Row & string, 'line'>) => Position;
}

export interface FareTables {
  readonly fareMedia: FareTable<FareMediaRow>;
  readonly fareProducts: FareTable<FareProductRow>;
  readonly fareLegRules: FareTable<FareLegRuleRow>;
}

/** The file each table stands in. */
export const FARE_FILES = {
  fareMedia: 'fare_media.txt',
  fareProducts: 'fare_products.txt',
  fareLegRules: 'fare_leg_rules.txt',
} as const satisfies Record<keyof FareTables, string>;
