/**
 * Taps of a few cards -> taps in order, card by card, in whatever order they came. Of a card that has more than can be held
 * the first are let go before the last have come, and one that comes too late is told apart, since the taps after it are
 * rated already.
 */
import type { AccountTap } from '../../core/fare/account.ts';
import { inTotalOrder } from '../../core/fare/order.ts';
import type { Ride } from '../../core/fare/ride.ts';
import type { Rider, Tapped } from './rider.ts';

/** Of one card, so many taps are held at most. */
export const TAPS_HELD = 50_000;

/** However many they are: a tap that stands so many lines late is still put in its place. */
export const LINES_WAITED = 1_024;

/** Of one card, so many are held back for those that came after them: more stand in a file from its end to its beginning. */
export const TAPS_HELD_BACK = 2 * LINES_WAITED;

/** How a tap stands to those of its card that went before: after them, before one of them, or it is one of them again. */
export type Place = 'next' | 'late' | 'again';

/** Is given every tap, and rates those that are next. */
export type TakeOrdered = (rider: Rider, tapped: Tapped, place: Place) => void;

/** Whether a tap that follows another is the same one, read twice. */
export type IsDouble = (before: Ride, ride: Ride) => boolean;

export class InOrder {
  readonly #then: TakeOrdered;
  readonly #isDouble: IsDouble;

  constructor(then: TakeOrdered, isDouble: IsDouble) {
    this.#then = then;
    this.#isDouble = isDouble;
  }

  /** Lines only grow from one tap to the next. What is let go of a card, and when, depends on its own taps alone. */
  take(rider: Rider, tapped: Tapped): void {
    rider.waiting.push(tapped);
    if (rider.waiting.length === TAPS_HELD) this.#letGo(rider, tapped.line - LINES_WAITED);
  }

  /** After their last tap. */
  end(rider: Rider): void {
    this.#letGo(rider, Number.POSITIVE_INFINITY);
  }

  /** Those before which nothing stands that came after `line`. */
  #letGo(rider: Rider, line: number): void {
    const ordered = putInOrder(rider.waiting);
    const found = ordered.findIndex(tapped => tapped.line > line);
    const until = found === -1 || ordered.length - found > TAPS_HELD_BACK ? ordered.length : found;
    for (let index = 0; index < until; index++) this.#follow(rider, ordered[index]);
    rider.waiting = ordered.slice(until);
  }

  #follow(rider: Rider, tapped: Tapped | undefined): void {
    if (tapped === undefined) return;
    const [tap] = tapped.taps;
    const place = this.#placeAfter(rider.last, tap);
    if (place !== 'late') rider.last = tap;
    this.#then(rider, tapped, place);
  }

  #placeAfter(last: AccountTap | undefined, tap: AccountTap): Place {
    if (last === undefined) return 'next';
    if (last.ride.atMs === tap.ride.atMs && last.ride.ref === tap.ride.ref) return 'again';
    if (isLate(tap, last)) return 'late';
    return this.#isDouble(last.ride, tap.ride) ? 'again' : 'next';
  }
}

/** Within one device its own sequence beats its clock (RECORDS.md 1). */
function isLate({ stream, sequence, ride }: AccountTap, last: AccountTap): boolean {
  return stream === last.stream ? sequence < last.sequence : ride.atMs < last.ride.atMs;
}

function putInOrder(waiting: Tapped[]): Tapped[] {
  const taps = waiting.map(tapped => tapped.taps[0]);
  const ordered = inTotalOrder(taps);
  if (ordered === taps) return waiting;
  const byTap = new Map(waiting.map(tapped => [tapped.taps[0], tapped]));
  return ordered.flatMap(tap => byTap.get(tap) ?? []);
}
