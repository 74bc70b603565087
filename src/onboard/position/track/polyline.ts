/** A line of straight pieces on the plane, and places along it in metres. */
import type { Point } from './plane.ts';

export interface Polyline {
  /** At least one. */
  readonly points: readonly Point[];
  /** How far along the line each point lies. */
  readonly along: Float64Array;
}

const ORIGIN: Point = { x: 0, y: 0 };

export function polyline(points: readonly Point[]): Polyline {
  const along = new Float64Array(points.length);
  for (let index = 1; index < points.length; index += 1) {
    const [from, to] = [points[index - 1] ?? ORIGIN, points[index] ?? ORIGIN];
    along[index] = (along[index - 1] ?? 0) + Math.hypot(to.x - from.x, to.y - from.y);
  }
  return { points, along };
}

export function lengthOf({ along }: Polyline): number {
  return along.at(-1) ?? 0;
}

export interface Piece extends Point {
  /** The way the line goes there, as a unit vector; zero where it does not go anywhere. */
  readonly east: number;
  readonly north: number;
}

export function pieceAt({ points, along }: Polyline, at: number): Piece {
  const segment = segmentAt(along, at);
  const from = points[segment] ?? ORIGIN;
  const to = points[segment + 1] ?? from;
  const length = (along[segment + 1] ?? 0) - (along[segment] ?? 0);
  if (length <= 0) return { ...from, east: 0, north: 0 };
  const share = Math.min(1, Math.max(0, (at - (along[segment] ?? 0)) / length));
  const [x, y] = [to.x - from.x, to.y - from.y];
  return { x: from.x + x * share, y: from.y + y * share, east: x / length, north: y / length };
}

/** The last segment that begins at or before `at` in a rising column. */
export function segmentAt(along: ArrayLike<number>, at: number): number {
  let [low, high] = [0, along.length - 1];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((along[middle] ?? 0) <= at) low = middle;
    else high = middle;
  }
  return low;
}
