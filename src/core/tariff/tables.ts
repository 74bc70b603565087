/** The fare tables a tariff is compiled from, as `gtfs/` reads them; the columns that are looked at, no others. */

import type { Position } from '../error.ts';
import type { ServiceDate } from '../time.ts';

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
  /** Every row could be read. */
  readonly isWhole: boolean;
  /** Does `text` stand in that column of a row that could not be read? */
  readonly mayHold: (column: string, text: string) => boolean;
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

/** Columns of drafts that Tura does not know how to price: a value in one is refused by name. */
export const UNPRICED_LEG_RULE_COLUMNS = [
  'min_distance', 'max_distance', 'distance_type', 'contains_area_id', 'service_id', 'is_symmetrical',
  'travels_through_network_set_id', 'travels_strictly_through_network_set_id',
] as const; // biome-ignore format: names read best as one block
export const UNPRICED_TRANSFER_RULE_COLUMNS = ['is_symmetrical', 'spanning_limit'] as const;

type Unpriced<Columns extends readonly string[]> = {
  readonly [Column in Columns[number]]: string | undefined;
};

/** With what a whole itinerary is priced by beyond an entry: priorities, and the drafts' columns. */
export interface ItineraryLegRuleRow extends FareLegRuleRow, Unpriced<typeof UNPRICED_LEG_RULE_COLUMNS> {
  readonly rule_priority: number | undefined;
  readonly contains_area_set_id: string | undefined;
  readonly contains_exactly_area_set_id: string | undefined;
  readonly min_distance_units: number | undefined;
  readonly max_distance_units: number | undefined;
  readonly transfer_only: number | undefined;
}

export interface FareTransferRuleRow extends Located, Unpriced<typeof UNPRICED_TRANSFER_RULE_COLUMNS> {
  readonly from_leg_group_id: string | undefined;
  readonly to_leg_group_id: string | undefined;
  readonly transfer_count: number | undefined;
  readonly duration_limit: number | undefined;
  readonly duration_limit_type: DurationLimitType | undefined;
  /** A + AB, A + AB + B, AB. */
  readonly fare_transfer_type: 0 | 1 | 2;
  readonly fare_product_id: string | undefined;
  readonly nonconsecutive_transfer_allowed: number | undefined;
  /** The same draft as its guide spells it. */
  readonly nonconsecutive_transfers_allowed: number | undefined;
  readonly filter_fare_product_id: string | undefined;
  readonly fare_product_behavior: number | undefined;
}

/** Departure to arrival, departure to departure, arrival to departure, arrival to arrival. */
export type DurationLimitType = 0 | 1 | 2 | 3;

export interface FareLegJoinRuleRow extends Located {
  readonly from_network_id: string;
  readonly to_network_id: string;
  readonly from_stop_id: string | undefined;
  readonly to_stop_id: string | undefined;
  readonly duration_limit: number | undefined;
  readonly duration_limit_type: DurationLimitType | undefined;
}

export interface RiderCategoryRow extends Located {
  readonly rider_category_id: string;
  readonly is_default_fare_category: number | undefined;
}

export interface TimeframeRow extends Located {
  readonly timeframe_group_id: string;
  /** Seconds. */
  readonly start_time: number | undefined;
  readonly end_time: number | undefined;
  readonly service_id: string;
}

export interface NetworkRow extends Located {
  readonly network_id: string;
}

export interface RouteNetworkRow extends Located {
  readonly network_id: string;
  readonly route_id: string;
}

export interface AreaRow extends Located {
  readonly area_id: string;
}

export interface StopAreaRow extends Located {
  readonly area_id: string;
  readonly stop_id: string;
}

export interface AreaSetRow extends Located {
  readonly area_set_id: string;
}

export interface AreaSetElementRow extends Located {
  readonly area_set_id: string;
  readonly area_id: string;
}

/** GTFS Fares v1. */
export interface FareAttributeRow extends Located {
  readonly fare_id: string;
  readonly price: string;
  readonly currency_type: string;
  /** Absent is without limit. */
  readonly transfers: number | undefined;
  readonly agency_id: string | undefined;
  /** Seconds. */
  readonly transfer_duration: number | undefined;
}

export interface FareRuleRow extends Located {
  readonly fare_id: string;
  readonly route_id: string | undefined;
  readonly origin_id: string | undefined;
  readonly destination_id: string | undefined;
  readonly contains_id: string | undefined;
}

export interface AgencyRow extends Located {
  readonly agency_id: string | undefined;
  readonly agency_timezone: string;
}

export interface StopRow extends Located {
  readonly stop_id: string;
  readonly zone_id: string | undefined;
  readonly parent_station: string | undefined;
  readonly stop_timezone: string | undefined;
}

export interface RouteRow extends Located {
  readonly route_id: string;
  readonly agency_id: string | undefined;
  readonly network_id: string | undefined;
}

export interface CalendarRow extends Located {
  readonly service_id: string;
  readonly monday: 0 | 1;
  readonly tuesday: 0 | 1;
  readonly wednesday: 0 | 1;
  readonly thursday: 0 | 1;
  readonly friday: 0 | 1;
  readonly saturday: 0 | 1;
  readonly sunday: 0 | 1;
  readonly start_date: ServiceDate;
  readonly end_date: ServiceDate;
}

export interface CalendarDateRow extends Located {
  readonly service_id: string;
  readonly date: ServiceDate;
  /** Added, removed. */
  readonly exception_type: 1 | 2;
}

/** Everything that the price of an itinerary may depend on. A file that is not there is a table without columns. */
export interface ItineraryTables extends FareTables {
  readonly fareLegRules: FareTable<ItineraryLegRuleRow>;
  readonly fareTransferRules: FareTable<FareTransferRuleRow>;
  readonly fareLegJoinRules: FareTable<FareLegJoinRuleRow>;
  readonly riderCategories: FareTable<RiderCategoryRow>;
  readonly timeframes: FareTable<TimeframeRow>;
  readonly networks: FareTable<NetworkRow>;
  readonly routeNetworks: FareTable<RouteNetworkRow>;
  readonly areas: FareTable<AreaRow>;
  readonly stopAreas: FareTable<StopAreaRow>;
  readonly areaSets: FareTable<AreaSetRow>;
  readonly areaSetElements: FareTable<AreaSetElementRow>;
  readonly fareAttributes: FareTable<FareAttributeRow>;
  readonly fareRules: FareTable<FareRuleRow>;
  readonly agency: FareTable<AgencyRow>;
  readonly stops: FareTable<StopRow>;
  readonly routes: FareTable<RouteRow>;
  readonly calendar: FareTable<CalendarRow>;
  readonly calendarDates: FareTable<CalendarDateRow>;
}

/** What says when a timeframe holds. */
export type TimeTables = Pick<ItineraryTables, 'timeframes' | 'calendar' | 'calendarDates'>;

/** How far areas lie apart for fares by distance; a table of ours beside those of GTFS. */
export interface DistanceRow extends Located {
  readonly from_area_id: string;
  readonly to_area_id: string;
  readonly metres: number;
}

type TapTable =
  | 'fareMedia' | 'fareProducts' | 'fareLegRules' | 'riderCategories' | 'timeframes' | 'networks' | 'routeNetworks'
  | 'areas' | 'stopAreas' | 'agency' | 'stops' | 'routes' | 'calendar' | 'calendarDates'; // biome-ignore format: names read best as one block

/** Everything that the fare of a tap may depend on. A file that is not there is a table without columns. */
export interface TariffTables extends Pick<ItineraryTables, TapTable> {
  readonly distances: FareTable<DistanceRow>;
}
