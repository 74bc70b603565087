/** Which stop lies farther, and which on the way, as far as a tariff knows: by metres, else by the order of its areas. */
import type { Stop, World } from './world.ts';

/** Whoever goes on from `near` to `far` goes on in the same direction. */
export function isFarther(world: World, from: Stop, near: Stop, far: Stop): boolean {
  const [toNear, toFar] = [metres(world, from, near), metres(world, from, far)];
  if (toNear !== undefined && toFar !== undefined)
    return toFar > toNear && isOnTheWay(world, from, near, far);
  const [start, middle, end] = [from, near, far].map(stop => rankOf(world, stop));
  if (start === undefined || middle === undefined || end === undefined) return false;
  return (start <= middle && middle < end) || (start >= middle && middle > end);
}

/** A stop in the zone of either end may be. */
export function isOnTheWay(world: World, from: Stop, over: Stop, to: Stop): boolean {
  if (over.id === from.id || over.id === to.id) return false;
  const [first, second, whole] = [
    metres(world, from, over),
    metres(world, over, to),
    metres(world, from, to),
  ];
  if (first !== undefined && second !== undefined && whole !== undefined) return first + second <= whole;
  if (over.zone === from.zone || over.zone === to.zone) return true;
  const [start, middle, end] = [from, over, to].map(stop => rankOf(world, stop));
  if (start === undefined || middle === undefined || end === undefined) return false;
  return (start <= middle && middle <= end) || (start >= middle && middle >= end);
}

function metres({ tariffs: [{ zones }], metres: between }: World, a: Stop, b: Stop): number | undefined {
  return between(zones[a.zone] ?? [], zones[b.zone] ?? []);
}

/** A stop at a boundary lies in two areas: half way between them. */
function rankOf({ tariffs: [{ zoneRanks }] }: World, { zone }: Stop): number | undefined {
  const ranks = zoneRanks[zone] ?? [];
  return ranks.length === 0 ? undefined : ranks.reduce((sum, rank) => sum + rank, 0) / ranks.length;
}
