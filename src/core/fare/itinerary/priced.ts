/** What an itinerary costs, or what is wrong with it. */
import type { MinorUnits } from '../../money.ts';

export type Priced = PricedItinerary | RefusedItinerary;

export interface PricedItinerary {
  readonly kind: 'priced';
  /** Absent where nothing is priced and the tariff has more than one. */
  readonly currency?: string | undefined;
  /** The lowest of the totals; absent: no fare is known. */
  readonly total?: MinorUnits | undefined;
  /** For the whole journey on one medium; `''` where the feed names none. A medium that cannot pay is absent. */
  readonly totalByMedium: ReadonlyMap<string, MinorUnits>;
  /** What makes up the lowest total; the amounts add up to it. */
  readonly fareLegs: readonly FareLeg[];
  /** Legs that no rule gives a fare, by their places in the itinerary. */
  readonly unpriced: readonly number[];
  /** What the price was reckoned without, and anybody should know. */
  readonly notes: readonly Fault[];
}

/** One fare leg: a leg, or several that are joined. */
export interface FareLeg {
  readonly legs: readonly number[];
  readonly product: string;
  readonly medium: string;
  readonly amount: MinorUnits;
  /** The row that prices the transfer to this leg: `fare_transfer_rules.txt:3`. */
  readonly transferRule?: string | undefined;
  readonly transferProduct?: string | undefined;
}

export interface RefusedItinerary {
  readonly kind: 'refused';
  readonly faults: readonly Fault[];
}

/** Something wrong with an itinerary, at a place in it. */
export interface Fault {
  /** `['legs', 0, 'route_id']`, in the words of the file. */
  readonly path: readonly (string | number)[];
  readonly what: string;
  readonly expected?: string;
}

/** Of a fare by zones or areas, for a leg that does not name the stops between. */
export function noStopsBetween(leg: number, by: string): Fault {
  const path = ['legs', leg, 'intermediate_stop_ids'];
  const expected = `the stops between, or []: the fare here is by ${by}`;
  return { path, what: 'missing: only the ends of the leg are counted', expected };
}

/** `legs.0.route_id`, as problems of a YAML file say it. */
export function formatPath(path: Fault['path']): string {
  return path.join('.');
}
