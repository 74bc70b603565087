/**
 * What a vehicle hears of its own place, from a satellite receiver, its wires, its doors and its driver. Whoever reads a
 * wire makes these; a source of position hears them in the order in which they came.
 */
import type { EpochMs } from '../../core/time.ts';

export type Observation =
  | Fix
  /** The receiver works and sees too few satellites. */
  | { readonly kind: 'no-fix'; readonly atMs: EpochMs }
  /** VDV 300 DS001: the line as riders call it. */
  | { readonly kind: 'line'; readonly atMs: EpochMs; readonly line: string }
  /** DS002: which of the line's vehicles of the day this is. */
  | { readonly kind: 'course'; readonly atMs: EpochMs; readonly course: number }
  /** DS003 by number, DS003a by text. */
  | { readonly kind: 'destination'; readonly atMs: EpochMs; readonly destination: number | string }
  /** DS004b, DS010: the operator's number of the stop; GTFS stop_code, else stop_id. */
  | { readonly kind: 'stop'; readonly atMs: EpochMs; readonly stop: string }
  /** DS009: the next stop's name as the display shows it, perhaps cut short. */
  | { readonly kind: 'next-stop'; readonly atMs: EpochMs; readonly text: string }
  /** Without a door's id: all of them. */
  | { readonly kind: 'doors'; readonly atMs: EpochMs; readonly doorId?: string; readonly open: boolean }
  /** What the driver chose; what is absent is left open. */
  | {
      readonly kind: 'driver';
      readonly atMs: EpochMs;
      readonly routeId?: string;
      readonly tripId?: string;
      readonly stopId?: string;
    };

export interface Fix {
  readonly kind: 'fix';
  readonly atMs: EpochMs;
  /** WGS 84 degrees. */
  readonly lat: number;
  readonly lon: number;
  /** Standard error along one axis. */
  readonly accuracyM?: number;
  readonly speedMps?: number;
  /** Clockwise from true north. */
  readonly courseDeg?: number;
}
