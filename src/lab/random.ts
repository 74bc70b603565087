/** Random numbers that a seed repeats: xorshift of 32 bits (Marsaglia 2003), which is plenty to try things by. */
import { assert } from '../core/error.ts';

export class Random {
  #state: number;

  constructor(seed: number) {
    // Seeds beside each other begin far apart; at zero it would stay.
    this.#state = Math.imul(seed + 1, 0x9e3779b1) || 1;
    for (let round = 0; round < 8; round++) this.#next();
  }

  /** A whole number from 0, below `limit`. */
  below(limit: number): number {
    return this.#next() % limit;
  }

  /** One of a list that holds some. */
  pick<T>(list: readonly T[]): T {
    assert(list.length > 0, 'there is something to pick from');
    return list[this.below(list.length)] as T;
  }

  /** True so often in a hundred. */
  chance(percent: number): boolean {
    return this.below(100) < percent;
  }

  #next(): number {
    let state = this.#state;
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    this.#state = state;
    return state >>> 0;
  }
}
