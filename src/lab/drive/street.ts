/**
 * The streets a simulated vehicle really takes: the shape of its trip where the feed has one, else streets that wind
 * between its stops. Worked out apart from the tracker, which must find the vehicle on them.
 */
import { onPlane, type Plane, type Point } from '../../onboard/position/track/plane.ts';
import { lengthOf, type Polyline, pieceAt, polyline } from '../../onboard/position/track/polyline.ts';
import type { Stops } from '../../onboard/stops/stops.ts';
import type { Trip } from '../../onboard/stops/trip.ts';

export interface Street extends Polyline {
  /** Where along it the trip stops, in metres. */
  readonly stopsAlong: readonly number[];
}

/** A winding street swings so far to either side, by the length of its leg, and so often. */
const SWING_SHARE = 0.06;
const SWINGS = 2;
const PIECES = 12;

export function streetOf(stops: Stops, plane: Plane, trip: Trip): Street {
  return (
    shaped(stops, plane, trip) ?? winding(trip.stopTimes.map(({ stopId }) => pointOf(stops, plane, stopId)))
  );
}

function pointOf(stops: Stops, plane: Plane, stopId: string): Point {
  const { lat = 0, lon = 0 } = stops.stop(stopId) ?? {};
  return onPlane(plane, lat, lon);
}

/** About where the feed says, and there as near to its pole as the street comes. */
function shaped(stops: Stops, plane: Plane, { shapeId, stopTimes }: Trip): Street | undefined {
  const shape = shapeId === undefined ? undefined : stops.shape(shapeId);
  const end = shape?.at(-1)?.distance;
  if (shape === undefined || end === undefined || end <= 0) return undefined;
  const line = polyline(shape.map(({ lat, lon }) => onPlane(plane, lat, lon)));
  let behind = 0;
  const stopsAlong = stopTimes.map(({ stopId, distance = 0 }) => {
    behind = nearestAlong(line, pointOf(stops, plane, stopId), (distance / end) * lengthOf(line), behind);
    return behind;
  });
  return { ...line, stopsAlong };
}

/** Feeds count from the first stop as well as from the shape's first point, which may lie some streets before it. */
const SOUGHT_M = 500;
const STEP_M = 2;

function nearestAlong(line: Polyline, pole: Point, about: number, behind: number): number {
  let [best, bestM] = [behind, Number.POSITIVE_INFINITY];
  const until = Math.min(lengthOf(line), about + SOUGHT_M);
  for (let along = Math.max(behind, about - SOUGHT_M); along <= until; along += STEP_M) {
    const { x, y } = pieceAt(line, along);
    const apart = Math.hypot(x - pole.x, y - pole.y);
    if (apart < bestM) [best, bestM] = [along, apart];
  }
  return best;
}

function winding(places: readonly Point[]): Street {
  const points = places.flatMap((to, stop) => {
    const from = places[stop - 1];
    return from === undefined ? [to] : windingLeg(from, to);
  });
  const line = polyline(points);
  return { ...line, stopsAlong: places.map((_, stop) => line.along[stop * PIECES] ?? 0) };
}

function windingLeg(from: Point, to: Point): Point[] {
  const [x, y] = [to.x - from.x, to.y - from.y];
  return Array.from({ length: PIECES }, (_, piece) => {
    const share = (piece + 1) / PIECES;
    const swing = SWING_SHARE * Math.sin(share * Math.PI * SWINGS);
    return { x: from.x + x * share - y * swing, y: from.y + y * share + x * swing };
  });
}
