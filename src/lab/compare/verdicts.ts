/** Who is better and who is worse off, over all their taps. */
import type { Bin, Verdicts } from './comparison.ts';
import type { Rider } from './rider.ts';
import { RidersOf } from './riders-of.ts';

/** What a rider pays under the new tariff, less what under the old one. */
export function differenceOf({ paidMinor }: Rider): number {
  return paidMinor[1] - paidMinor[0];
}

export class Judged {
  readonly #better = new RidersOf();
  readonly #worse = new RidersOf();
  readonly all: Verdicts;

  constructor(riders: readonly Rider[]) {
    for (const rider of riders) {
      const difference = differenceOf(rider);
      if (difference < 0) this.#better.add(rider.index);
      if (difference > 0) this.#worse.add(rider.index);
    }
    this.all = verdicts(riders.length, this.#better.count, this.#worse.count);
  }

  among(riders: RidersOf): Verdicts {
    return verdicts(riders.count, riders.countIn(this.#better), riders.countIn(this.#worse));
  }
}

function verdicts(all: number, better: number, worse: number): Verdicts {
  return { better, worse, equal: all - better - worse };
}

/** On either side of those who pay the same; the outermost bin has no end. */
const BINS = 12;

/** By how much riders pay less or more, in steps of a round amount that hold nineteen in twenty of them. */
export function histogramOf(riders: readonly Rider[]): readonly Bin[] {
  const differences = riders.map(differenceOf);
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
