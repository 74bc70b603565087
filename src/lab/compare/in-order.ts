/**
 * Taps nearly in order -> taps in order, card by card, without keeping them all: a tap waits until so many lines have gone
 * by. One that comes later still is told apart, since the taps after it are rated already.
 */
import type { AccountTap } from '../../core/fare/account.ts';
import { inTotalOrder } from '../../core/fare/order.ts';
import type { Ride } from '../../core/fare/ride.ts';
import type { LastTap, Rider, Tapped } from './rider.ts';
import type { Both } from './sides.ts';

/** A tap that stands so many lines late is still put in its place. */
export const LINES_WAITED = 1_024;

/**
 * After so many lines a tap is let go for certain, and with it those of its card that have waited: who rides taps again
 * soon, and taps that are rated together find their rider's state at hand, which between them is nobody's.
 */
const LINES_HELD = 4 * LINES_WAITED;

/** Of one card, so many taps wait at most. */
export const TAPS_WAITING = 64;

/** How a tap stands to those of its card that went before: after them, before one of them, or it is one of them again. */
export type Place = 'next' | 'late' | 'again';

/** Is given every tap, and rates those that are next. */
export type TakeOrdered = (rider: Rider, tapped: Tapped, place: Place) => void;

/** Whether a tap that follows another is the same one, read twice. */
export type IsDouble = (before: LastTap, ride: Ride) => boolean;

export class InOrder {
  readonly #then: TakeOrdered;
  readonly #isDouble: IsDouble;
  /** By line: whose tap stood there. */
  readonly #lines: (Rider | undefined)[] = new Array<Rider | undefined>(LINES_HELD).fill(undefined);
  #line = 0;

  constructor(then: TakeOrdered, isDouble: IsDouble) {
    this.#then = then;
    this.#isDouble = isDouble;
  }

  /** Lines only grow from one tap to the next. What is let go when depends on a card's own lines alone. */
  take(rider: Rider, line: number, taps: Both<AccountTap>): void {
    this.#goTo(line);
    const tapped: Tapped = { line, taps, next: undefined };
    if (isAmong(rider.first, taps[0])) {
      this.#then(rider, tapped, 'again');
      return;
    }
    if (rider.waiting === TAPS_WAITING) {
      this.#letGo(rider);
      rider.ahead += 1;
    }
    this.#lines[line % LINES_HELD] = rider;
    wait(rider, tapped);
  }

  /** After the last tap. */
  end(): void {
    this.#goTo(this.#line + LINES_HELD);
  }

  #goTo(line: number): void {
    for (let next = Math.max(this.#line + 1, line - LINES_HELD + 1); next <= line; next++) {
      const place = next % LINES_HELD;
      const rider = this.#lines[place];
      if (rider === undefined) continue;
      this.#lines[place] = undefined;
      if (rider.ahead > 0) rider.ahead -= 1;
      else this.#letGoTogether(rider, next - LINES_WAITED);
    }
    this.#line = line;
  }

  /** The next one, and behind it whichever stands no later than `line`. */
  #letGoTogether(rider: Rider, line: number): void {
    this.#letGo(rider);
    while (rider.first !== undefined && rider.first.line <= line) {
      this.#letGo(rider);
      rider.ahead += 1;
    }
  }

  #letGo(rider: Rider): void {
    const tapped = rider.first;
    if (tapped === undefined) return;
    rider.first = tapped.next;
    rider.waiting -= 1;
    if (rider.first === undefined) rider.newest = undefined;
    const [tap] = tapped.taps;
    const place = this.#placeAfter(rider.last, tap);
    if (place !== 'late') remember(rider, tap);
    this.#then(rider, tapped, place);
  }

  #placeAfter(last: LastTap | undefined, tap: AccountTap): Place {
    if (last === undefined) return 'next';
    if (last.atMs === tap.ride.atMs && last.ref === tap.ride.ref) return 'again';
    if (isLate(tap, last)) return 'late';
    return this.#isDouble(last, tap.ride) ? 'again' : 'next';
  }
}

function isAmong(first: Tapped | undefined, { ride: { atMs, ref } }: AccountTap): boolean {
  for (let waiting = first; waiting !== undefined; waiting = waiting.next) {
    const { ride } = waiting.taps[0];
    if (ride.atMs === atMs && ride.ref === ref) return true;
  }
  return false;
}

/** Within one device its own sequence beats its clock (RECORDS.md 1). */
function isLate({ stream, sequence, ride }: AccountTap, last: LastTap): boolean {
  return stream === last.stream ? sequence < last.sequence : ride.atMs < last.atMs;
}

function isBefore(tap: AccountTap, other: AccountTap): boolean {
  return tap.stream === other.stream ? tap.sequence < other.sequence : tap.ride.atMs < other.ride.atMs;
}

function remember(rider: Rider, { stream, sequence, ride: { ref, atMs, trip, action } }: AccountTap): void {
  const { last } = rider;
  if (last === undefined) {
    rider.last = { stream, sequence, ref, atMs, trip, action };
    return;
  }
  last.stream = stream;
  last.sequence = sequence;
  last.ref = ref;
  last.atMs = atMs;
  last.trip = trip;
  last.action = action;
}

/** Nearly always it is the newest. */
function wait(rider: Rider, tapped: Tapped): void {
  const { newest } = rider;
  rider.waiting += 1;
  rider.newest = tapped;
  if (newest === undefined) {
    rider.first = tapped;
    return;
  }
  newest.next = tapped;
  if (isBefore(tapped.taps[0], newest.taps[0])) putInOrder(rider);
}

function putInOrder(rider: Rider): void {
  const byTap = new Map<AccountTap, Tapped>();
  for (let waiting = rider.first; waiting !== undefined; waiting = waiting.next)
    byTap.set(waiting.taps[0], waiting);
  const ordered = inTotalOrder([...byTap.keys()]).flatMap(tap => byTap.get(tap) ?? []);
  for (const [index, waiting] of ordered.entries()) waiting.next = ordered[index + 1];
  [rider.first, rider.newest] = [ordered[0], ordered.at(-1)];
}
