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

  /** From 0 to below 1. */
  next(): number {
    return this.#next() / 2 ** 32;
  }

  between(least: number, most: number): number {
    return least + (most - least) * this.next();
  }

  /** Of a bell curve: mean 0, standard deviation 1 (Box and Muller 1958). */
  normal(): number {
    return Math.sqrt(-2 * Math.log(1 - this.next())) * Math.cos(2 * Math.PI * this.next());
  }

  /** Waiting times and other things without memory, by their mean. */
  exponential(mean: number): number {
    return -mean * Math.log(1 - this.next());
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
