import { distance } from 'fastest-levenshtein';

/** The nearest right spelling of `word`, when one is near enough to be what was meant. */
export function suggest(word: string, right: Iterable<string>): string | undefined {
  let best: string | undefined;
  let bestDistance = Math.max(1, Math.floor(word.length / 3)) + 1;
  for (const candidate of right) {
    const apart = distance(word.toLowerCase(), candidate.toLowerCase());
    if (apart < bestDistance) [best, bestDistance] = [candidate, apart];
  }
  return best;
}
