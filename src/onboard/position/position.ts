/** The port of everything that knows where the vehicle is. */
import type { Place } from '../../core/tap.ts';
import type { EpochMs } from '../../core/time.ts';

export interface Position {
  /** The same object as long as nothing changed. */
  placeAt(atMs: EpochMs): Place;
}
