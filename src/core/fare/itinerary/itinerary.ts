/** What is priced: rides one after another, and who rides. Times are moments; ids are those of the tables. */
import type { EpochMs } from '../../time.ts';

export interface Itinerary {
  readonly rider?: Rider | undefined;
  /** In the order of travel. */
  readonly legs: readonly ItineraryLeg[];
}

export interface Rider {
  /** Absent or empty: the feed's default category. */
  readonly categories?: readonly string[] | undefined;
  /** Absent or empty: any medium. */
  readonly media?: readonly string[] | undefined;
}

export interface ItineraryLeg {
  readonly routeId: string;
  /** Absent: the route's own. */
  readonly networkId?: string | undefined;
  readonly fromStopId: string;
  readonly toStopId: string;
  readonly departure: EpochMs;
  readonly arrival: EpochMs;
  /** Fare distance units from stop to stop, for distance-based rules. */
  readonly distanceUnits?: number | undefined;
  /** Stops between the two ends, for rules by areas travelled through. */
  readonly intermediateStopIds?: readonly string[] | undefined;
}

/** More rides than anybody takes in one journey; the work grows with their square. */
export const LEGS = 100;
