/** A feed's surroundings as a plane: metres east and north of one of its stops, which is exact enough for distances of streets. */

export interface Point {
  /** Metres east. */
  readonly x: number;
  /** Metres north. */
  readonly y: number;
}

export interface Plane {
  readonly lat: number;
  readonly lon: number;
  readonly metresPerLon: number;
}

const METRES_PER_DEGREE = 111_195;
const RADIANS = Math.PI / 180;

export function planeAt(lat: number, lon: number): Plane {
  return { lat, lon, metresPerLon: METRES_PER_DEGREE * Math.cos(lat * RADIANS) };
}

export function onPlane(plane: Plane, lat: number, lon: number): Point {
  // The short way round, where the date line runs through the feed.
  const east = ((((lon - plane.lon + 180) % 360) + 360) % 360) - 180;
  return { x: east * plane.metresPerLon, y: (lat - plane.lat) * METRES_PER_DEGREE };
}

export function degreesOf(plane: Plane, { x, y }: Point): { lat: number; lon: number } {
  const lon = plane.lon + x / plane.metresPerLon;
  return { lat: plane.lat + y / METRES_PER_DEGREE, lon: ((((lon + 180) % 360) + 360) % 360) - 180 };
}
