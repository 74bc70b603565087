/**
 * `shapes.txt`: packed into one blob a shape.
 */
import type { Database } from '../../disk/sqlite.ts';
import { rowReader } from '../../gtfs/row.ts';
import { SHAPES } from '../../gtfs/tables.ts';
import { ByteWriter } from './bytes.ts';
import type { FeedInput } from './feed-input.ts';
import { Groups } from './groups.ts';
import type { RowIds } from './row-ids.ts';
import { packShape, type ShapePoint, unpackShape } from './shape.ts';

/** Gives the number of points. */
export async function importShapes(database: Database, input: FeedInput, ids: RowIds): Promise<number> {
  let count = 0;
  const groups = new Groups(shapeWriter(database));
  await input.read(SHAPES, header => {
    const shapes = ids.of(SHAPES.file);
    return rowReader(SHAPES, header, row => {
      if (!shapes.has(row.shape_id)) shapes.set(row.shape_id, row.line);
      const { shape_pt_sequence: sequence, shape_pt_lat: lat, shape_pt_lon: lon } = row;
      groups.add(row.shape_id, { sequence, lat, lon, distance: row.shape_dist_traveled });
      count += 1;
    });
  });
  groups.flush();
  return count;
}

function shapeWriter(database: Database): (shape: string, points: ShapePoint[]) => void {
  const earlier = database.prepare<[string], Buffer>('SELECT packed FROM shapes WHERE shape_id = ?').pluck();
  const insert = database.prepare('INSERT OR REPLACE INTO shapes VALUES (?, ?, ?)');
  const writer = new ByteWriter();
  return (shape, fresh) => {
    const packed = earlier.get(shape);
    const points = packed === undefined ? fresh : [...unpackShape(packed), ...fresh];
    points.sort((a, b) => a.sequence - b.sequence);
    insert.run(shape, points.length, packShape(writer, points));
  };
}
