/** A set of small numbers, a bit each: who was seen in a group. Plain data, so that it can be handed to another process. */
export type Bits = Uint32Array;

export const NO_BITS: Bits = new Uint32Array(0);

/** The set with `number` in it: the same one, or a larger one where it did not fit. */
export function withBit(bits: Bits, number: number): Bits {
  const word = number >>> 5;
  const fitting = word < bits.length ? bits : grown(bits, word);
  fitting[word] = (fitting[word] ?? 0) | (1 << (number & 31));
  return fitting;
}

function grown(bits: Bits, word: number): Bits {
  const larger = new Uint32Array(Math.max(word + 1, bits.length * 2));
  larger.set(bits);
  return larger;
}

export function countBits(bits: Bits): number {
  return countBoth(bits, bits);
}

/** How many are in either. */
export function countBoth(a: Bits, b: Bits): number {
  let count = 0;
  for (let word = Math.min(a.length, b.length) - 1; word >= 0; word--)
    count += bitsOf((a[word] ?? 0) & (b[word] ?? 0));
  return count;
}

function bitsOf(word: number): number {
  let bits = word - ((word >>> 1) & 0x5555_5555);
  bits = (bits & 0x3333_3333) + ((bits >>> 2) & 0x3333_3333);
  return Math.imul((bits + (bits >>> 4)) & 0x0f0f_0f0f, 0x0101_0101) >>> 24;
}

/** The set with every number of `more`, `offset` higher. */
export function withAll(bits: Bits, more: Bits, offset: number): Bits {
  let all = bits;
  for (const [word, found] of more.entries()) {
    for (let rest = found; rest !== 0; rest &= rest - 1)
      all = withBit(all, offset + word * 32 + 31 - Math.clz32(rest & -rest));
  }
  return all;
}
