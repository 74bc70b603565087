/**
 * A trip on one day of service as the tracker sees it: its path, and when it is due where.
 */
import type { EpochMs } from '../../../core/time.ts';
import type { TripRun } from '../../stops/trip.ts';
import type { Path } from './path.ts';

export interface Run extends Timed {
  /** Of this trip on this day, and no other. */
  readonly key: string;
  readonly trip: TripRun;
  readonly path: Path;
  /** By stop: stop_sequence. */
  readonly stopSequences: readonly number[];
  /** The zero of its times: noon less twelve hours of the day of service. */
  readonly zeroMs: EpochMs;
}

/** By stop, in seconds after `zeroMs`, never falling. */
export interface Timed {
  readonly arrivesS: Float64Array;
  readonly departsS: Float64Array;
}

/** Nothing that stops for riders goes faster from stop to stop: a timetable in whole minutes may say it does. */
const FASTEST_MPS = 25;

/** The timetable's times without leaps: a leg takes at least as long as the fastest vehicle, at the next one's expense. */
export function withoutLeaps({ arrivesS, departsS }: Timed, { stopCells, cellM }: Path): Timed {
  const times = { arrivesS: Float64Array.from(arrivesS), departsS: Float64Array.from(departsS) };
  for (let stop = 1; stop < stopCells.length; stop += 1) {
    const lengthM = ((stopCells[stop] ?? 0) - (stopCells[stop - 1] ?? 0)) * cellM;
    const earliestS = (times.departsS[stop - 1] ?? 0) + lengthM / FASTEST_MPS;
    times.arrivesS[stop] = Math.max(arrivesS[stop] ?? 0, earliestS);
    times.departsS[stop] = Math.max(departsS[stop] ?? 0, times.arrivesS[stop] ?? 0);
  }
  return times;
}

/** When the run leaves a cell behind by the timetable, in seconds after its zero. */
export function dueS({ path, arrivesS, departsS }: Run, cell: number): number {
  const stop = path.passed[cell] ?? 0;
  const from = departsS[stop] ?? 0;
  const start = path.stopCells[stop] ?? 0;
  const end = path.stopCells[stop + 1];
  if (end === undefined || end === start) return from;
  return from + (((arrivesS[stop + 1] ?? from) - from) * (cell - start)) / (end - start);
}

export function intoRunS(run: Run, atMs: EpochMs): number {
  return (atMs - run.zeroMs) / 1000;
}

export function firstDepartureS({ departsS }: Run): number {
  return departsS[0] ?? 0;
}
