/** Drives judged: what the tracker said at every tap, beside what was so. */
import type { HearingPosition } from '../../onboard/position/position.ts';
import type { Stops } from '../../onboard/stops/stops.ts';
import type { DriveEvent } from './drive.ts';

/** How often, over any number of taps. */
export interface Verdict {
  readonly taps: number;
  readonly right: number;
  /** No stop was said: the tap is graced. */
  readonly unknown: number;
  readonly wrong: number;
  /** Wrong, and called certain: the stop, the line or the trip. */
  readonly surelyWrong: number;
  readonly certain: number;
  /** At stops with another one across the street. */
  readonly paired: number;
  readonly pairedRight: number;
  /** No stop was said, and the trip that the vehicle really runs was offered to its driver. */
  readonly offered: number;
}

export const NO_TAPS: Verdict = {
  taps: 0,
  right: 0,
  unknown: 0,
  wrong: 0,
  surelyWrong: 0,
  certain: 0,
  paired: 0,
  pairedRight: 0,
  offered: 0,
};

export function judged(
  before: Verdict,
  position: HearingPosition,
  events: readonly DriveEvent[],
  stops: Stops,
): Verdict {
  const tally = { ...before };
  for (const event of events) {
    if (event.kind === 'heard') {
      position.observe(event.seen);
      continue;
    }
    const { trip, stopId } = event.truth;
    const place = position.placeAt(event.atMs);
    const isRight = place.stopId === stopId;
    const isRightTrip = place.tripId === undefined || place.tripId === trip.tripId;
    const isRightRoute = place.routeId === undefined || place.routeId === trip.routeId;
    const isSure = place.quality === 'certain';
    const isPaired = stopId !== undefined && hasOneAcross(stopId, stops);
    tally.taps += 1;
    if (isRight) tally.right += 1;
    else if (place.stopId === undefined) tally.unknown += 1;
    else tally.wrong += 1;
    if (isSure) tally.certain += 1;
    if (isSure && !(isRight && isRightTrip && isRightRoute)) tally.surelyWrong += 1;
    if (isPaired) tally.paired += 1;
    if (isPaired && isRight) tally.pairedRight += 1;
    if (place.stopId === undefined && position.instead()?.tripId === trip.tripId) tally.offered += 1;
  }
  return tally;
}

/** A wide street. */
const ACROSS_M = 50;

function hasOneAcross(stopId: string, stops: Stops): boolean {
  const { lat, lon } = stops.stop(stopId) ?? {};
  if (lat === undefined || lon === undefined) return false;
  return stops.near(lat, lon, 2).some(other => other.stopId !== stopId && other.metres <= ACROSS_M);
}
