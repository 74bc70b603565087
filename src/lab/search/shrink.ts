/**
 * A finding made as small as it stays one of the same kind by no other rules: fewer rides, rounder times, plainer riders.
 */
import { type Finding, featuresOf, findingOf } from './finding.ts';
import { isGenuine } from './genuine.ts';
import { isInOrder, play } from './outing.ts';
import { simpler } from './simpler.ts';
import { type Example, weightOf } from './weight.ts';
import type { World } from './world.ts';

/** Examples that are looked at for one finding: it is small long before. */
const MOST_TRIED = 5000;

export function shrunk(world: World, finding: Finding): Finding {
  let [smallest, tried] = [finding, 0];
  for (let next: Finding | undefined = finding; next !== undefined && tried < MOST_TRIED; ) {
    smallest = next;
    next = undefined;
    const weight = weightOf(world, smallest);
    for (const example of simpler(world, smallest)) {
      tried += 1;
      if (weightOf(world, example) >= weight || !isSound(world, example)) continue;
      const dear = play(world.tariffs, example.outing);
      const found = dear && findingOf(world.tariffs, example.outing, dear, example.trick);
      if (found === undefined || !showsNothingElse(found, smallest)) continue;
      next = found;
      break;
    }
  }
  return smallest;
}

function isSound(world: World, { outing, trick }: Example): boolean {
  return isInOrder(outing.trips) && isGenuine(world, outing, trick);
}

function showsNothingElse(found: Finding, before: Finding): boolean {
  const known = featuresOf(before);
  return featuresOf(found).every(feature => known.includes(feature));
}
