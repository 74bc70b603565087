/** The ports of everything that knows where the vehicle is. */
import type { Place } from '../../core/tap.ts';
import type { EpochMs } from '../../core/time.ts';
import type { Observation } from './observation.ts';

export interface Position {
  /** The same object as long as nothing changed. */
  placeAt(atMs: EpochMs): Place;
  /** What the wires say, in the order in which it came; a source that heeds none of it has none. */
  observe?(seen: Observation): void;
  /** What the vehicle seems to run instead of what it was told to run: for the driver to choose. */
  instead?(): Instead | undefined;
}

/** A position that follows what wires, doors and the driver say. */
export interface HearingPosition extends Position {
  observe(seen: Observation): void;
  instead(): Instead | undefined;
}

export interface Instead {
  readonly tripId: string;
  readonly routeId: string;
  /** What the rider calls the route. */
  readonly line: string | undefined;
  readonly headsign: string | undefined;
}

/** False of one that knows its place from the driver or the timetable alone. */
export function isHearing(position: Position): position is HearingPosition {
  return position.observe !== undefined && position.instead !== undefined;
}
