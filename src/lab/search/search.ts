/**
 * Riders who pay less by a trick, or more by a right: random outings, each tried with tricks of every kind; what is found
 * is made small, and told once for the rules that make the difference.
 */
import type { Random } from '../random.ts';
import { type Finding, featuresOf, findingOf } from './finding.ts';
import { play } from './outing.ts';
import { randomOuting } from './random-outing.ts';
import { randomTricks } from './random-trick.ts';
import { shrunk } from './shrink.ts';
import type { World } from './world.ts';

export type Searched =
  | { readonly kind: 'tried'; readonly outings: number }
  | { readonly kind: 'found'; readonly finding: Finding };

/** A tariff that is this wrong is looked at before it is searched further. */
export const MOST_FINDINGS = 100;

/** So many outings pass before it is told how many there were. */
const TOLD_EVERY = 200;

/** Findings as they come up, in an order that the seed repeats, at most so many. Nothing is found where nobody can ride. */
export function* search(world: World, tries: number, random: Random): Generator<Searched> {
  if (world.payers.length === 0 || world.ways.length === 0 || world.days.length === 0) return;
  const known: (readonly string[])[] = [];
  for (let outings = 1; outings <= tries; outings++) {
    for (const finding of findingsIn(world, random)) {
      if (isKnown(known, finding)) continue;
      const small = shrunk(world, finding);
      if (isKnown(known, small)) continue;
      known.push(featuresOf(small));
      yield { kind: 'found', finding: small };
    }
    const isFull = known.length >= MOST_FINDINGS;
    if (outings % TOLD_EVERY === 0 || outings === tries || isFull) yield { kind: 'tried', outings };
    if (isFull) return;
  }
}

function* findingsIn(world: World, random: Random): Generator<Finding> {
  const outing = randomOuting(world, random);
  const dear = play(world.tariffs, outing);
  if (dear === undefined) return;
  for (const trick of randomTricks(world, outing, random)) {
    const finding = findingOf(world.tariffs, outing, dear, trick);
    if (finding !== undefined) yield finding;
  }
}

/** Whatever shows all that a smaller one shows is that one again, with something beside it. */
function isKnown(known: readonly (readonly string[])[], finding: Finding): boolean {
  const features = featuresOf(finding);
  return known.some(own => own.every(feature => features.includes(feature)));
}
