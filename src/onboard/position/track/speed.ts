/** How fast the vehicle goes: as its receiver measures it, else by how far apart its last fixes lie. */
import type { Fix } from '../observation.ts';
import { onPlane, type Plane } from './plane.ts';
import { WEIGHTS } from './weights.ts';

export interface Speed {
  readonly mps: number;
  readonly errorMps: number;
}

const { measured, reckoned } = WEIGHTS.speed;

/** `before`: the fixes of the last seconds, oldest first. Undefined when nothing says it. */
export function speedAt(fix: Fix, before: readonly Fix[], plane: Plane): Speed | undefined {
  const { speedMps } = fix;
  if (speedMps === undefined) return speedBetween(before, fix, plane);
  // A standing vehicle is known to stand.
  return { mps: speedMps, errorMps: Math.min(speedMps, measured.errorMps) + measured.errorShare * speedMps };
}

/** The errors of both fixes make a standing vehicle seem to go: so much is taken off. */
function speedBetween(before: readonly Fix[], fix: Fix, plane: Plane): Speed | undefined {
  const from = before.find(({ atMs }) => fix.atMs - atMs <= reckoned.overMs);
  const forS = from === undefined ? 0 : (fix.atMs - from.atMs) / 1000;
  if (from === undefined || forS < reckoned.fromS) return undefined;
  const [a, b] = [onPlane(plane, from.lat, from.lon), onPlane(plane, fix.lat, fix.lon)];
  const seemsMps = Math.hypot(b.x - a.x, b.y - a.y) / forS;
  if (seemsMps > reckoned.mostMps) return undefined;
  const errorMps = reckoned.errorM / forS;
  return { mps: Math.sqrt(Math.max(0, seemsMps ** 2 - 2 * errorMps ** 2)), errorMps };
}

/** The fixes that a later one may be compared with. */
export function recent(before: readonly Fix[], fix: Fix): readonly Fix[] {
  return [...before.filter(({ atMs }) => fix.atMs - atMs < reckoned.overMs), fix];
}
