/** Some of the mutants, where all of them would take too long. */
import type { Random } from '../random.ts';
import type { Mutant } from './mutant.ts';

/** So many of them, in their order; all where there are no more. */
export function sampled(mutants: readonly Mutant[], count: number, random: Random): readonly Mutant[] {
  const kept: Mutant[] = [];
  for (const [place, mutant] of mutants.entries()) {
    if (random.below(mutants.length - place) < count - kept.length) kept.push(mutant);
  }
  return kept;
}
