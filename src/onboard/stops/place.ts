/**
 * Stops and the routes that serve them, as the stops database gives them.
 */

/** `platform` is where vehicles stop. */
export type StopKind = 'platform' | 'station' | 'entrance' | 'node' | 'boarding-area';

export interface Stop {
  readonly stopId: string;
  readonly kind: StopKind;
  readonly code: string | undefined;
  readonly name: string | undefined;
  /** Degrees, WGS 84. */
  readonly lat: number | undefined;
  readonly lon: number | undefined;
  readonly zoneId: string | undefined;
  readonly parentStation: string | undefined;
  readonly platformCode: string | undefined;
  /** IANA name: its own, else its station's, else the agency's. */
  readonly timezone: string;
}

export interface StopNear extends Stop {
  readonly metres: number;
}

export interface Route {
  readonly routeId: string;
  readonly agencyId: string | undefined;
  /** What riders call the line: the short name, else the long one, else the id. */
  readonly line: string;
  readonly longName: string | undefined;
  /** GTFS route_type: 0 tram, 3 bus, and the extended types. */
  readonly type: number;
  readonly color: string | undefined;
  readonly textColor: string | undefined;
  readonly networkIds: readonly string[];
}
