import { distance } from 'fastest-levenshtein';

/** The nearest right spelling of `word`, when one is near enough to be what was meant. */
export function suggest(word: string, right: Iterable<string>): string | undefined {
  let best: string | undefined;
  let bestDistance = Math.max(1, Math.floor(word.length / 3)) + 1;
  for (const candidate of right) {
    const apart = slipsBetween(word.toLowerCase(), candidate.toLowerCase());
    if (apart < bestDistance) [best, bestDistance] = [candidate, apart];
  }
  return best;
}

/** Two letters in each other's place are one slip. */
function slipsBetween(word: string, right: string): number {
  const first = [...word].findIndex((letter, index) => letter !== right[index]);
  const swapped = `${word.slice(0, first)}${word[first + 1] ?? ''}${word[first] ?? ''}${word.slice(first + 2)}`;
  return first >= 0 && swapped === right ? 1 : distance(word, right);
}

/** What an error says was expected: the one that was probably meant, or the first few there are. */
export function expectedOneOf(word: string, right: readonly string[]): string {
  const meant = suggest(word, right);
  if (meant !== undefined) return `'${meant}'`;
  if (right.length === 0) return 'one of none';
  return right.length <= SHOWN
    ? right.join(' | ')
    : `${right.slice(0, SHOWN).join(' | ')} | ... (${right.length})`;
}

const SHOWN = 12;
