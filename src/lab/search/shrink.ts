/**
 * A finding made as small as it stays one of the same kind by no other rules: fewer rides, rounder times, plainer riders.
 */
import { shrunkTo } from '../shrink.ts';
import { type Finding, featuresOf, findingOf } from './finding.ts';
import { isGenuine } from './genuine.ts';
import { isInOrder, play } from './outing.ts';
import { simpler } from './simpler.ts';
import { type Example, weightOf } from './weight.ts';
import type { World } from './world.ts';

/** Examples that are looked at for one finding: it is small long before. */
const MOST_TRIED = 5000;

export function shrunk(world: World, finding: Finding): Finding {
  return shrunkTo<Finding, Example>(finding, {
    simpler: from => simpler(world, from),
    weightOf: example => weightOf(world, example),
    kept: (example, from) => {
      const dear = isSound(world, example) ? play(world.tariffs, example.outing) : undefined;
      const found = dear && findingOf(world.tariffs, example.outing, dear, example.trick);
      return found !== undefined && showsNothingElse(found, from) ? found : undefined;
    },
    mostTried: MOST_TRIED,
  });
}

function isSound(world: World, { outing, trick }: Example): boolean {
  return isInOrder(outing.trips) && isGenuine(world, outing, trick);
}

function showsNothingElse(found: Finding, before: Finding): boolean {
  const known = featuresOf(before);
  return featuresOf(found).every(feature => known.includes(feature));
}
