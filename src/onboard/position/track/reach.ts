/**
 * How far a vehicle may come from a cell of its path within some seconds: the share of each cell ahead, itself first.
 * Over some seconds by its measured speed or a bus's usual pace, over more by the timetable's pace.
 */
import { dueS, type Run } from './run.ts';
import type { Speed } from './speed.ts';
import { WEIGHTS } from './weights.ts';

export interface Reach {
  /** The farthest cell that any cell up to `cell` reaches. */
  end(cell: number): number;
  /** Good until the next call. */
  shares(cell: number): Float64Array;
}

const { pace } = WEIGHTS;

/** Nothing on a street or on rails in it goes faster. */
const FASTEST_MPS = 28;

export function reachOf(run: Run, forS: number, speed: Speed | undefined): Reach {
  if (forS > pace.scheduledFromS) return byTimetable(run, forS);
  const { cellM } = run.path;
  if (lastPace?.cellM !== cellM || lastPace.forS !== forS || lastPace.speed !== speed) {
    lastPace = { cellM, forS, speed, reach: byPace(cellM, forS, speed) };
  }
  return lastPace.reach;
}

/** One step moves many hypotheses, by pace all of them alike: it is worked out once. */
let lastPace:
  | {
      readonly cellM: number;
      readonly forS: number;
      readonly speed: Speed | undefined;
      readonly reach: Reach;
    }
  | undefined;

function byPace(cellM: number, forS: number, speed: Speed | undefined): Reach {
  const shares = new Float64Array(Math.ceil((FASTEST_MPS * forS) / cellM) + 2);
  const usual = speed === undefined ? 1 : pace.wrongSpeed;
  const stands = pace.standing * standsStill(forS);
  shares[0] = usual * stands;
  spread(shares, usual * (1 - stands), pace.mps * forS, pace.spreadMps * forS, cellM);
  if (speed !== undefined) spread(shares, 1 - usual, speed.mps * forS, speed.errorMps * forS, cellM);
  return { end: cell => cell + shares.length - 1, shares: () => shares };
}

function standsStill(forS: number): number {
  return Math.exp(-forS / pace.standsS);
}

/** A normal distribution in so many slices, out to two and a half standard deviations. */
const SLICES = Array.from({ length: 11 }, (_, slice) => (slice - 5) / 2);
const SLICE_SHARES = shareOut(SLICES.map(deviation => Math.exp(-(deviation ** 2) / 2)));

function shareOut(weights: readonly number[]): readonly number[] {
  const whole = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map(weight => weight / whole);
}

/** What falls between two cells is shared by both, so that a slow vehicle does not stick to its cell. */
function spread(shares: Float64Array, share: number, meanM: number, errorM: number, cellM: number): void {
  for (let slice = 0; slice < SLICES.length; slice += 1) {
    const metres = meanM + (SLICES[slice] ?? 0) * errorM;
    const cells = Math.min(shares.length - 2, Math.max(0, metres / cellM));
    const whole = Math.floor(cells);
    const part = share * (SLICE_SHARES[slice] ?? 0);
    shares[whole] = (shares[whole] ?? 0) + part * (1 - (cells - whole));
    shares[whole + 1] = (shares[whole + 1] ?? 0) + part * (cells - whole);
  }
}

/** At three standard deviations. */
const FASTEST_SHARE = 1 + 3 * pace.scheduledSpread;

function byTimetable(run: Run, forS: number): Reach {
  const { cells } = run.path;
  let buffer = new Float64Array(64);
  const end = (cell: number): number => {
    const until = dueS(run, cell) + forS * FASTEST_SHARE;
    let last = cell;
    while (last < cells - 1 && dueS(run, last + 1) <= until) last += 1;
    return last;
  };
  const shares = (cell: number): Float64Array => {
    const length = end(cell) - cell + 1;
    if (buffer.length < length) buffer = new Float64Array(2 * length);
    const from = dueS(run, cell);
    let due = from;
    let whole = 0;
    for (let ahead = 0; ahead < length; ahead += 1) {
      const next = cell + ahead < cells - 1 ? dueS(run, cell + ahead + 1) : from + forS * FASTEST_SHARE;
      const offPace = ((due + next) / 2 - from) / forS - 1;
      const share = Math.exp(-((offPace / pace.scheduledSpread) ** 2) / 2) * (next - due);
      buffer[ahead] = share;
      whole += share;
      due = next;
    }
    const stands = whole > 0 ? pace.scheduledStanding * standsStill(forS) : 1;
    const goes = whole > 0 ? (1 - stands) / whole : 0;
    for (let ahead = 0; ahead < length; ahead += 1) buffer[ahead] = (buffer[ahead] ?? 0) * goes;
    buffer[0] = (buffer[0] ?? 0) + stands;
    return buffer.subarray(0, length);
  };
  return { end, shares };
}
