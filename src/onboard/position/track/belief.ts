/** All that is believed of a vehicle's place: hypotheses and what is elsewhere, together one. */
import { type Hypothesis, kept, merged } from './hypothesis.ts';

export interface Belief {
  /** One for each run and boarding. */
  readonly hypotheses: readonly Hypothesis[];
  /** On no run that is followed. */
  readonly elsewhere: number;
}

export const NOTHING_KNOWN: Belief = { hypotheses: [], elsewhere: 1 };

/** What has become so unlikely that nothing would bring it back keeps this much, so that the sum is never zero. */
const LEAST_ELSEWHERE = 1e-6;

/** Brought back to one, each run and boarding once, without what is not worth following. */
export function settled(hypotheses: readonly Hypothesis[], elsewhere: number): Belief {
  const one = merged(hypotheses);
  const whole = one.reduce((sum, { mass }) => sum + mass, elsewhere);
  if (!(whole > 0)) return NOTHING_KNOWN;
  return {
    hypotheses: one.flatMap(each => kept(each, 1 / whole) ?? []),
    elsewhere: Math.max(LEAST_ELSEWHERE, elsewhere / whole),
  };
}

export function massOf(belief: Belief, counts: (one: Hypothesis) => boolean): number {
  let mass = 0;
  for (const one of belief.hypotheses) if (counts(one)) mass += one.mass;
  return mass;
}
