/** Where the vehicle is and what its clock says, as they are now: both may have changed since they were last asked. */
import { NOWHERE, type Place } from '../../core/tap.ts';
import type { VehicleEvent } from '../../core/validator/event.ts';
import type { VehicleState } from '../../core/validator/state.ts';
import type { OnboardClock } from '../clock.ts';
import type { Position } from '../position/position.ts';

export interface SurroundingsParts {
  readonly position: Position;
  readonly clock: OnboardClock;
}

export class Surroundings {
  readonly #parts: SurroundingsParts;
  readonly #onFault: (fault: unknown) => void;
  /** The last that was known, and by whose word. */
  #line: string | undefined;

  constructor(parts: SurroundingsParts, onFault: (fault: unknown) => void) {
    this.#parts = parts;
    this.#onFault = onFault;
  }

  /** What has changed since the machine was last told. A position that throws is told, and is nowhere. */
  changes({ clock, place }: VehicleState): readonly VehicleEvent[] {
    const standing = this.#parts.clock.standing();
    const now = this.#placeNow();
    const events: VehicleEvent[] = [];
    if (standing !== clock) events.push({ kind: 'clock', clock: standing });
    if (now !== place) events.push({ kind: 'placed', place: now });
    return events;
  }

  /**
   * Whether another line is run from this place on, or the same, chosen now where it was received. A line that is not
   * known for a while is no other; the first is no change.
   */
  isOtherLine({ routeId, source }: Place): boolean {
    if (routeId === undefined) return false;
    const line = `${routeId} ${source === 'driver' ? 'chosen' : 'received'}`;
    const isOther = this.#line !== undefined && this.#line !== line;
    this.#line = line;
    return isOther;
  }

  #placeNow(): Place {
    const { position, clock } = this.#parts;
    try {
      return position.placeAt(clock.now());
    } catch (error) {
      this.#onFault(error);
      return NOWHERE;
    }
  }
}
