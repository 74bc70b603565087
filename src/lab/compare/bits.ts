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
  const [first, shift] = [offset >>> 5, offset & 31];
  const last = first + more.length;
  const all = last < bits.length ? bits : grown(bits, last);
  for (let word = 0; word < more.length; word++) {
    const found = more[word] ?? 0;
    const at = first + word;
    all[at] = (all[at] ?? 0) | (found << shift);
    // What a word is shifted out of it is in the next one; by all 32 bits the machine does not shift at all.
    if (shift > 0) all[at + 1] = (all[at + 1] ?? 0) | (found >>> (32 - shift));
  }
  return all;
}
