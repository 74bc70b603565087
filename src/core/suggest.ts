import { distance } from 'fastest-levenshtein';

/** The nearest right spelling of `word`, when one is near enough to be what was meant: within a third of its letters. */
export function suggest(
  word: string,
  right: Iterable<string>,
  within: number = Math.max(1, Math.floor(word.length / 3)),
): string | undefined {
  let best: string | undefined;
  let bestSlips = within + 1;
  for (const candidate of right) {
    const slips = slipsBetween(word, candidate);
    if (slips < bestSlips) [best, bestSlips] = [candidate, slips];
  }
  return best;
}

/** What an error says was expected: the one that was probably meant, or the first few there are, the nearest first. */
export function expectedOneOf(word: string, right: readonly string[]): string {
  const meant = suggest(word, right);
  if (meant !== undefined) return `'${meant}'`;
  if (right.length === 0) return 'one of none';
  const nearest = right
    .map(candidate => [candidate, slipsBetween(word, candidate)] as const)
    .sort(([, a], [, b]) => a - b)
    .slice(0, SHOWN)
    .map(([candidate]) => candidate);
  const shown = nearest.join(' | ');
  return right.length <= SHOWN ? shown : `${shown} | ... (${right.length})`;
}

const SHOWN = 12;

function slipsBetween(word: string, candidate: string): number {
  const [a, b] = [word.toLowerCase(), candidate.toLowerCase()];
  return isSwapped(a, b) ? 1 : distance(a, b);
}

/** Two neighbours have changed places: one slip of the fingers, where a distance counts two. */
function isSwapped(a: string, b: string): boolean {
  if (a.length !== b.length) return false;
  let at = 0;
  while (at < a.length && a[at] === b[at]) at += 1;
  return at < a.length && a[at] === b[at + 1] && a[at + 1] === b[at] && a.slice(at + 2) === b.slice(at + 2);
}
