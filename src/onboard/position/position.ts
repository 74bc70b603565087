/** The port of everything that knows where the vehicle is. */
import type { Place } from '../../core/tap.ts';
import type { EpochMs } from '../../core/time.ts';
import type { Observation } from './observation.ts';

export interface Position {
  /** The same object as long as nothing changed. */
  placeAt(atMs: EpochMs): Place;
  /** What the wires say, in the order in which it came; a source that heeds none of it has none. */
  observe?(seen: Observation): void;
}
