/**
 * What the vehicle seems to run instead of what it was told to run, offered to its driver: told once when it has seemed so
 * for a while, and once when it does no more. What was told last is what `instead` chooses.
 */
import type { Place } from '../../core/tap.ts';
import type { EpochMs } from '../../core/time.ts';
import type { Observation } from '../position/observation.ts';
import { type HearingPosition, type Instead, isHearing, type Position } from '../position/position.ts';

/** `made` in the place of any before it. */
export interface Offer {
  readonly kind: 'made' | 'over';
  readonly run: Instead;
}

/** What a receiver between houses makes a vehicle seem comes and goes in less; nobody reads what does. */
const SETTLED_MS = 30_000;

/** The same position, whose offers are settled; one that compares nothing makes none. */
export function offering(position: Position, onOffer: (offer: Offer) => void): Position {
  return isHearing(position) ? new OfferingPosition(position, onOffer) : position;
}

class OfferingPosition implements HearingPosition {
  readonly #position: HearingPosition;
  readonly #onOffer: (offer: Offer) => void;
  #offered: Instead | undefined;
  /** What seems so now, where that is not what is offered. */
  #seems: { readonly run: Instead | undefined; readonly sinceMs: number } | undefined;

  constructor(position: HearingPosition, onOffer: (offer: Offer) => void) {
    this.#position = position;
    this.#onOffer = onOffer;
  }

  placeAt(atMs: EpochMs): Place {
    return this.#position.placeAt(atMs);
  }

  instead(): Instead | undefined {
    return this.#offered;
  }

  observe(seen: Observation): void {
    this.#position.observe(seen);
    const run = this.#position.instead();
    if (run?.tripId === this.#offered?.tripId) {
      this.#seems = undefined;
      return;
    }
    const before = this.#seems?.run?.tripId === run?.tripId ? this.#seems : undefined;
    // A clock that is set back begins anew.
    const sinceMs = Math.min(before?.sinceMs ?? seen.atMs, seen.atMs);
    this.#seems = { run, sinceMs };
    const hasChosen = seen.kind === 'driver' && run === undefined;
    if (hasChosen || seen.atMs - sinceMs >= SETTLED_MS) this.#settle(run);
  }

  #settle(run: Instead | undefined): void {
    const before = this.#offered;
    this.#offered = run;
    this.#seems = undefined;
    if (run !== undefined) this.#onOffer({ kind: 'made', run });
    else if (before !== undefined) this.#onOffer({ kind: 'over', run: before });
  }
}
