/** Chance that comes out the same in every run: a seed gives the whole sequence. */

export interface Random {
  /** From 0 to below 1. */
  next(): number;
  between(least: number, most: number): number;
  chance(share: number): boolean;
  /** Of a bell curve: mean 0, standard deviation 1. */
  normal(): number;
  /** Waiting times and other things without memory, by their mean. */
  exponential(mean: number): number;
  pick<T>(all: readonly T[]): T | undefined;
}

/** A linear congruence modulo 2^32 with its weak low bits mixed away (Hull and Dobell's conditions hold). */
export function randomFrom(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    const mixed = Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) >>> 0;
    return ((mixed ^ (mixed >>> 12)) >>> 0) / 2 ** 32;
  };
  return {
    next,
    between: (least, most) => least + (most - least) * next(),
    chance: share => next() < share,
    normal: () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next()),
    exponential: mean => -mean * Math.log(1 - next()),
    pick: all => all[Math.floor(next() * all.length)],
  };
}
