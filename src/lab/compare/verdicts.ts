/** Who is better and who is worse off, over all their taps. */
import { type Bits, countBits, countBoth, NO_BITS, withBit } from './bits.ts';
import type { Bin, Verdicts } from './comparison.ts';
import { type Both, differenceOf } from './sides.ts';

/** What a card came to over all its taps. */
export interface Paid {
  readonly card: string;
  readonly paidMinor: Both<number>;
}

/** Riders by their places in the list. */
export class Judged {
  readonly all: Verdicts;
  readonly #better: Bits;
  readonly #worse: Bits;

  constructor(riders: readonly Paid[]) {
    let [better, worse] = [NO_BITS, NO_BITS];
    for (const [index, { paidMinor }] of riders.entries()) {
      const difference = differenceOf(paidMinor);
      if (difference < 0) better = withBit(better, index);
      if (difference > 0) worse = withBit(worse, index);
    }
    this.#better = better;
    this.#worse = worse;
    this.all = verdicts(riders.length, countBits(better), countBits(worse));
  }

  among(riders: Bits): Verdicts {
    return verdicts(countBits(riders), countBoth(riders, this.#better), countBoth(riders, this.#worse));
  }
}

function verdicts(all: number, better: number, worse: number): Verdicts {
  return { better, worse, equal: all - better - worse };
}

/** On either side of those who pay the same; the outermost bin has no end. */
const BINS = 12;

/** By how much riders pay less or more, in steps of a round amount that hold nineteen in twenty of them. */
export function histogramOf(riders: readonly Paid[]): readonly Bin[] {
  const differences = riders.map(({ paidMinor }) => differenceOf(paidMinor));
  const sizes = Float64Array.from(differences, Math.abs)
    .filter(size => size > 0)
    .sort();
  const stepMinor = roundUp((sizes[Math.floor(sizes.length * 0.95)] ?? 0) / (BINS - 1));
  const counts = new Array<number>(2 * BINS + 1).fill(0);
  for (const difference of differences) {
    const bin = Math.sign(difference) * Math.min(BINS, Math.ceil(Math.abs(difference) / stepMinor));
    counts[bin + BINS] = (counts[bin + BINS] ?? 0) + 1;
  }
  return counts.map((count, index) => ({ ...reachOf(index - BINS, stepMinor), riders: count }));
}

/** From the amount nearer to nothing to the one further away. */
function reachOf(bin: number, stepMinor: number): Omit<Bin, 'riders'> {
  const size = Math.abs(bin);
  if (size === 0) return { verdict: 'equal', beyondMinor: 0, toMinor: 0 };
  const [verdict, sign] = bin < 0 ? (['better', -1] as const) : (['worse', 1] as const);
  const beyondMinor = size === 1 ? 0 : sign * (size - 1) * stepMinor;
  return size === BINS
    ? { verdict, beyondMinor }
    : { verdict, beyondMinor, toMinor: sign * size * stepMinor };
}

/** To 1, 2 or 5 times a power of ten. */
function roundUp(amount: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(1, amount)));
  return ([1, 2, 5].find(digit => digit * power >= amount) ?? 10) * power;
}
