/**
 * The points of one shape as one blob.
 *
 * Version 1: a byte 1, the number of points (count), then for each point by rising sequence
 *   sequence   signed: shape_pt_sequence, less that of the point before
 *   lat, lon   signed: millionths of a degree (11 cm), less those of the point before
 *   measured   byte: 1 when a distance follows, else 0
 *   distance   32-bit float, little-endian, if measured
 * `count` and `signed` are those of bytes.ts; before the first point stand zeros.
 */
import { assert } from '../../core/error.ts';
import type { ByteWriter } from './bytes.ts';
import { ByteReader } from './bytes.ts';

const VERSION = 1;
const MILLIONTHS = 1_000_000;

export interface ShapePoint {
  readonly sequence: number;
  /** Degrees, to the sixth decimal. */
  readonly lat: number;
  readonly lon: number;
  /** Along the shape, in the feed's own unit. */
  readonly distance: number | undefined;
}

/** `points` by rising sequence. */
export function packShape(writer: ByteWriter, points: readonly ShapePoint[]): Uint8Array {
  writer.byte(VERSION);
  writer.count(points.length);
  let [sequence, lat, lon] = [0, 0, 0];
  for (const point of points) {
    const [nextLat, nextLon] = [Math.round(point.lat * MILLIONTHS), Math.round(point.lon * MILLIONTHS)];
    writer.signed(point.sequence - sequence);
    writer.signed(nextLat - lat);
    writer.signed(nextLon - lon);
    [sequence, lat, lon] = [point.sequence, nextLat, nextLon];
    writer.byte(point.distance === undefined ? 0 : 1);
    if (point.distance !== undefined) writer.float32(point.distance);
  }
  return writer.take();
}

export function unpackShape(bytes: Uint8Array): ShapePoint[] {
  const reader = new ByteReader(bytes);
  const version = reader.byte();
  assert(version === VERSION, `shapes are packed in version ${VERSION}, not ${version}`);
  const points: ShapePoint[] = [];
  let [sequence, lat, lon] = [0, 0, 0];
  for (let left = reader.count(); left > 0; left -= 1) {
    sequence += reader.signed();
    lat += reader.signed();
    lon += reader.signed();
    const distance = reader.byte() === 1 ? reader.float32() : undefined;
    points.push({ sequence, lat: lat / MILLIONTHS, lon: lon / MILLIONTHS, distance });
  }
  return points;
}
