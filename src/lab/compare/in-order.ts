/**
 * Taps nearly in order -> taps in order, card by card, without keeping them all: a tap waits until so many lines have gone
 * by. One that comes later still is told apart, since the taps after it are rated already.
 */
import type { AccountTap } from '../../core/fare/account.ts';
import { inTotalOrder } from '../../core/fare/order.ts';
import type { Rider, Tapped } from './rider.ts';

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
export type IsDouble = (before: AccountTap, tap: AccountTap) => boolean;

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
  take(rider: Rider, tapped: Tapped): void {
    this.#goTo(tapped.line);
    const { waiting } = rider;
    const [tap] = tapped.taps;
    const last = waiting.at(-1)?.taps[0];
    if (last !== undefined && isAmong(waiting, tap)) {
      this.#then(rider, tapped, 'again');
      return;
    }
    if (waiting.length === TAPS_WAITING) {
      this.#letGo(rider);
      rider.ahead += 1;
    }
    this.#lines[tapped.line % LINES_HELD] = rider;
    waiting.push(tapped);
    if (last !== undefined && isBefore(tap, last)) rider.waiting = ordered(waiting);
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
    for (let next = rider.waiting[0]; next !== undefined && next.line <= line; next = rider.waiting[0]) {
      this.#letGo(rider);
      rider.ahead += 1;
    }
  }

  #letGo(rider: Rider): void {
    const { waiting } = rider;
    // Nearly always it is the only one: what is shifted is moved about.
    const tapped = waiting.length === 1 ? waiting.pop() : waiting.shift();
    if (tapped === undefined) return;
    const [tap] = tapped.taps;
    const place = this.#placeAfter(rider.last, tap);
    if (place !== 'late') rider.last = tap;
    this.#then(rider, tapped, place);
  }

  #placeAfter(last: AccountTap | undefined, tap: AccountTap): Place {
    if (last === undefined) return 'next';
    if (isSame(last, tap)) return 'again';
    if (isBefore(tap, last)) return 'late';
    return this.#isDouble(last, tap) ? 'again' : 'next';
  }
}

function isAmong(waiting: readonly Tapped[], tap: AccountTap): boolean {
  for (const { taps } of waiting) if (isSame(taps[0], tap)) return true;
  return false;
}

function isSame(a: AccountTap, b: AccountTap): boolean {
  return a.ride.atMs === b.ride.atMs && a.ride.ref === b.ride.ref;
}

/** Within one device its own sequence beats its clock (RECORDS.md 1). */
function isBefore(tap: AccountTap, other: AccountTap): boolean {
  return tap.stream === other.stream ? tap.sequence < other.sequence : tap.ride.atMs < other.ride.atMs;
}

function ordered(waiting: readonly Tapped[]): Tapped[] {
  const byTap = new Map(waiting.map(tapped => [tapped.taps[0], tapped]));
  return inTotalOrder([...byTap.keys()]).flatMap(tap => byTap.get(tap) ?? []);
}
