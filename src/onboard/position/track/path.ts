/**
 * The way of a trip, cut into cells a few metres long: where each lies, how it runs, and which stop it belongs to. Trips
 * with the same stops and the same shape share one path.
 */
import { assert } from '../../../core/error.ts';
import type { Line } from './line.ts';
import type { Point } from './plane.ts';
import { pieceAt } from './polyline.ts';

/** Columns by cell, and columns by stop. */
export interface Path {
  readonly cellM: number;
  readonly cells: number;
  readonly x: Float64Array;
  readonly y: Float64Array;
  /** The way the vehicle goes there, as a unit vector. */
  readonly east: Float64Array;
  readonly north: Float64Array;
  /** How far the street may lie beside the line: variance in m², zero along a shape. */
  readonly asideM2: Float64Array;
  /** The last stop at or behind the cell. */
  readonly passed: Int16Array;
  /** The last stop that a vehicle there has reached: riders who get on here get on there. */
  readonly reached: Int16Array;
  readonly stopIds: readonly string[];
  /** The cell at the stop, and its pole beside the street. */
  readonly stopCells: Int32Array;
  readonly poles: readonly Point[];
}

export interface PathStop {
  readonly stopId: string;
  readonly pole: Point;
}

/** Shorter cells cost time, longer ones blur a vehicle that creeps. */
const CELL_M = 8;

/** A path of 131 km; of a longer one the cells are longer. */
const MAX_CELLS = 16_384;

/** A vehicle that halts beyond its last stop has not left it. */
const BEYOND_CELLS = 5;

/** A stop is reached so far ahead of its pole: the length of a bus, its error, and a queue of one more bus. */
const REACHED_M = 30;

/** Streets leave the straight line between two stops by this share of the way to the nearer one, and no farther. */
const ASIDE_SHARE = 0.3;
const ASIDE_MOST_M = 150;

/** From its first stop to its last: where a vehicle comes from and goes to is not its way. As many stops as the line has. */
export function pathAlong(line: Line, stops: readonly PathStop[]): Path {
  const [startM, endM] = [line.stopsAlong[0], line.stopsAlong.at(-1)];
  assert(startM !== undefined && endM !== undefined, 'a line has stops');
  assert(stops.length === line.stopsAlong.length, 'every stop has its place along the line');
  const cellM = Math.max(CELL_M, (endM - startM) / MAX_CELLS);
  const cells = Math.round((endM - startM) / cellM) + 1 + BEYOND_CELLS;
  const stopCells = Int32Array.from(line.stopsAlong, along => Math.round((along - startM) / cellM));
  const path: Path = {
    cellM,
    cells,
    x: new Float64Array(cells),
    y: new Float64Array(cells),
    east: new Float64Array(cells),
    north: new Float64Array(cells),
    asideM2: new Float64Array(cells),
    passed: new Int16Array(cells),
    reached: new Int16Array(cells),
    stopIds: stops.map(({ stopId }) => stopId),
    stopCells,
    poles: stops.map(({ pole }) => pole),
  };
  draw(path, line, startM);
  fillByStop(path.passed, stopCells);
  if (line.straight) widen(path);
  fillByStop(
    path.reached,
    stopCells.map((_, stop) => reachedFrom(path, stop)),
  );
  return path;
}

/** How far a cell lies from the pole of a stop, squared, less what the pole stands beside the line. */
export function beyondPoleM2({ x, y, poles, stopCells }: Path, stop: number, cell: number): number {
  const pole = poles[stop];
  if (pole === undefined) return Number.POSITIVE_INFINITY;
  const apartM2 = (at: number) => ((x[at] ?? 0) - pole.x) ** 2 + ((y[at] ?? 0) - pole.y) ** 2;
  return Math.max(0, apartM2(cell) - apartM2(stopCells[stop] ?? 0));
}

function draw(path: Path, line: Line, startM: number): void {
  for (let cell = 0; cell < path.cells; cell += 1) {
    const { x, y, east, north } = pieceAt(line, startM + cell * path.cellM);
    path.x[cell] = x;
    path.y[cell] = y;
    path.east[cell] = east;
    path.north[cell] = north;
  }
}

/** By cell, the last stop whose cell in `from`, never falling, lies at it or behind it. */
function fillByStop(column: Int16Array, from: Int32Array): void {
  let stop = 0;
  for (let cell = 0; cell < column.length; cell += 1) {
    while (cell >= (from[stop + 1] ?? column.length)) stop += 1;
    column[cell] = stop;
  }
}

/**
 * The first cell near its pole: into a yard and out again the path passes it twice. Never more than half of the way from
 * the stop before.
 */
function reachedFrom(path: Path, stop: number): number {
  const [before, pole] = [path.stopCells[stop - 1] ?? 0, path.stopCells[stop] ?? 0];
  let cell = Math.ceil((before + pole) / 2);
  while (cell < pole && beyondPoleM2(path, stop, cell) > REACHED_M ** 2) cell += 1;
  return cell;
}

function widen({ cells, cellM, passed, stopCells, asideM2 }: Path): void {
  for (let cell = 0; cell < cells; cell += 1) {
    const stop = passed[cell] ?? 0;
    const behind = cell - (stopCells[stop] ?? 0);
    const ahead = (stopCells[stop + 1] ?? cell) - cell;
    asideM2[cell] = Math.min(ASIDE_MOST_M, Math.min(behind, ahead) * cellM * ASIDE_SHARE) ** 2;
  }
}
