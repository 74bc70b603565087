/**
 * Where `tariff.yaml` is not changed, and why: what decides no fare can be noticed by no scenario. Names, sources and
 * texts have no neighbours, so that nothing is made of them anywhere.
 */
import type { Path } from '../../core/source/yaml.ts';

interface Spared {
  /** `*` is any name or place. Everything below it is spared too. */
  readonly path: string;
  readonly why: string;
}

export const SPARED: readonly Spared[] = [
  { path: 'revision', why: 'says which edition it is' },
  { path: 'supersedes', why: 'says which edition it follows' },
  { path: 'versions.*.revision', why: 'says which edition it is' },
  { path: 'drafts', why: 'itineraries are priced by it, not taps' },
  { path: 'products', why: 'numbers and names of what is sold' },
  { path: 'networks.*.sameStop.*.product', why: 'a number of what is sold' },
  { path: 'categories.*.ages', why: 'asked where a category is given out, at no tap' },
  { path: 'apportionment', why: 'shares among carriers what riders have paid' },
  { path: 'media.*.recognise', why: 'a vehicle knows a card by it' },
  { path: 'media.*.assurance', why: 'a vehicle asks it of a card' },
  { path: 'passback.debounce', why: 'a reader repeats its answer within it, and no tap is made' },
  {
    path: 'fallbackToPayment',
    why: 'a reader goes by it when a chip shows two applications, and a tap is of one',
  },
  { path: 'uncertain', why: 'a vehicle asks it when it does not know where, when or who' },
];

const PATTERNS = SPARED.map(({ path }) => path.split('.'));

export function isSpared(path: Path): boolean {
  return PATTERNS.some(
    pattern =>
      pattern.length === path.length &&
      pattern.every((step, at) => step === '*' || step === String(path[at])),
  );
}
