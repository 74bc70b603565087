/**
 * The line of a trip: its shape where the feed has one that passes its stops, else straight from stop to stop; and where
 * along it the stops lie.
 */
import type { Point } from './plane.ts';
import { lengthOf, type Polyline, pieceAt, polyline } from './polyline.ts';

export interface Line extends Polyline {
  /** In metres. */
  readonly stopsAlong: readonly number[];
  /** Drawn from stop to stop, for want of a shape. */
  readonly straight: boolean;
}

/** `distance` along the shape in the feed's own unit, where the feed gives it. */
export interface LinePoint extends Point {
  readonly distance: number | undefined;
}

export interface LineStop extends LinePoint {
  /** When the trip is there: seconds of the day of service. */
  readonly dueS: number;
}

/** A stop farther from the shape than this is not on it. Of more than a few such stops the shape is another trip's. */
const BESIDE_MOST_M = 250;
const STRAYS_SHARE = 0.2;

export function lineThrough(stops: readonly LineStop[], shape: readonly LinePoint[]): Line {
  const drawn = shape.length < 2 ? undefined : alongShape(stops, shape);
  if (drawn !== undefined) return drawn;
  const line = polyline(stops);
  return { ...line, stopsAlong: [...line.along], straight: true };
}

function alongShape(stops: readonly LineStop[], shape: readonly LinePoint[]): Line | undefined {
  const line = polyline(shape);
  const stopsAlong = nearestTo(stops, expectedAlong(stops, shape, line), line);
  const strays = stops.filter((stop, index) => {
    const at = pieceAt(line, stopsAlong[index] ?? 0);
    return Math.hypot(at.x - stop.x, at.y - stop.y) > BESIDE_MOST_M;
  });
  return strays.length > STRAYS_SHARE * stops.length ? undefined : { ...line, stopsAlong, straight: false };
}

/**
 * About where the stops lie. A shape that passes a stop twice, out and back, is as near to it both times: then this tells
 * which it is. Nearer than `slackM` it says nothing, since feeds count from the first stop as well as from the shape's
 * first point; a kilometre beyond that weighs as much as `share` of a kilometre beside the line.
 */
interface Expected {
  readonly along: readonly number[];
  readonly slackM: number;
  readonly share: number;
}

/** As the feed says (shape_dist_traveled) when it says it of all stops but the first, else at an even speed. */
function expectedAlong(stops: readonly LineStop[], shape: readonly LinePoint[], line: Polyline): Expected {
  const lengthM = lengthOf(line);
  const end = shape.at(-1)?.distance ?? 0;
  const [, ...others] = stops;
  if (end > 0 && others.every(({ distance }) => distance !== undefined)) {
    const along = stops.map(({ distance = 0 }) => (distance / end) * lengthM);
    return { along, slackM: 300, share: 0.2 };
  }
  const [firstS, lastS] = [stops[0]?.dueS ?? 0, stops.at(-1)?.dueS ?? 0];
  const along = stops.map(({ dueS }) =>
    lastS > firstS ? ((dueS - firstS) / (lastS - firstS)) * lengthM : 0,
  );
  return { along, slackM: 500, share: 0.05 };
}

/** Places along a shape are tried so far apart, and no more of them. */
const TRIED_M = 5;
const MAX_TRIED = 16_384;

/** The places, in the stops' order, that lie nearest to them on the whole: least squares, by dynamic programming. */
function nearestTo(
  stops: readonly LineStop[],
  { along: expected, slackM, share }: Expected,
  line: Polyline,
): number[] {
  const stepM = Math.max(TRIED_M, lengthOf(line) / MAX_TRIED);
  const tried = Math.floor(lengthOf(line) / stepM) + 1;
  const points = Array.from({ length: tried }, (_, place) => pieceAt(line, place * stepM));
  /** By place: the least sum for the stops so far, with the last of them at or before it. */
  let least = new Float64Array(tried);
  const chosen = stops.map((stop, index) => {
    const next = new Float64Array(tried);
    const best = new Int32Array(tried);
    for (const [place, { x, y }] of points.entries()) {
      const off = Math.max(0, Math.abs(place * stepM - (expected[index] ?? 0)) - slackM) * share;
      const here = (least[place] ?? 0) + (x - stop.x) ** 2 + (y - stop.y) ** 2 + off ** 2;
      const before = place === 0 ? Number.POSITIVE_INFINITY : (next[place - 1] ?? 0);
      next[place] = Math.min(here, before);
      best[place] = here < before ? place : (best[place - 1] ?? 0);
    }
    least = next;
    return best;
  });
  let last = tried - 1;
  const places = chosen.reverse().map(best => {
    last = best[last] ?? 0;
    return last * stepM;
  });
  return places.reverse();
}
