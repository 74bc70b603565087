/** A satellite receiver in the simulated vehicle: errors that last, fixes that lie, gaps. */
import type { EpochMs } from '../../core/time.ts';
import { epoch } from '../../core/time.ts';
import type { Observation } from '../../onboard/position/observation.ts';
import { degreesOf, type Plane } from '../../onboard/position/track/plane.ts';
import type { Random } from '../random.ts';
import type { Moment } from './vehicle.ts';

export interface Receiver {
  /** Along each axis. */
  readonly errorM: number;
  readonly outlierShare: number;
  /** A gap of so many seconds comes this often on the average. */
  readonly gapS: number;
  readonly gapEveryS: number;
  /** Whether it says speed and course. */
  readonly speed: boolean;
}

/** Errors by the sky and by house walls change within so many seconds; the rest is new at every fix. */
const LASTING = { share: 0.6, forS: 20 } as const;

const OUTLIER_M = [30, 300] as const;

/** One fix a second. In a tunnel, from one moment to another, there is none. */
export function received(
  moments: readonly Moment[],
  receiver: Receiver,
  plane: Plane,
  zeroMs: EpochMs,
  random: Random,
): Observation[] {
  const keeps = Math.exp(-1 / LASTING.forS);
  const [lastingM, freshM] = [
    receiver.errorM * Math.sqrt(LASTING.share),
    receiver.errorM * Math.sqrt(1 - LASTING.share),
  ];
  let [east, north] = [random.normal() * lastingM, random.normal() * lastingM];
  let gapUntilS = Number.NEGATIVE_INFINITY;
  return moments.map(({ atS, x, y, speedMps, courseDeg }): Observation => {
    const atMs = epoch(Math.round(zeroMs + atS * 1000 + 200));
    const renews = Math.sqrt(1 - keeps ** 2) * lastingM;
    east = east * keeps + random.normal() * renews;
    north = north * keeps + random.normal() * renews;
    if (atS >= gapUntilS && random.next() < 1 / receiver.gapEveryS) gapUntilS = atS + receiver.gapS;
    if (atS < gapUntilS) return { kind: 'no-fix', atMs };
    const lie = random.next() < receiver.outlierShare ? random.between(...OUTLIER_M) : 0;
    const way = random.between(0, 2 * Math.PI);
    const seen = {
      x: x + east + random.normal() * freshM + lie * Math.sin(way),
      y: y + north + random.normal() * freshM + lie * Math.cos(way),
    };
    const fix = { kind: 'fix', atMs, ...degreesOf(plane, seen) } as const;
    if (!receiver.speed) return fix;
    const lied = lie > 0;
    return {
      ...fix,
      speedMps: lied ? random.between(0, 20) : Math.max(0, speedMps + random.normal() * 0.4),
      courseDeg:
        lied || speedMps < 1 ? random.between(0, 360) : (courseDeg + random.normal() * 6 + 360) % 360,
    };
  });
}
