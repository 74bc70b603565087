/** Drives judged: what the tracker said at every tap, beside what was so. */
import type { HearingPosition } from '../../onboard/position/position.ts';
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
  /** Of those for whom a trip was said. */
  readonly tripRight: number;
  readonly tripWrong: number;
}

export const NO_TAPS: Verdict = {
  taps: 0,
  right: 0,
  unknown: 0,
  wrong: 0,
  surelyWrong: 0,
  certain: 0,
  tripRight: 0,
  tripWrong: 0,
};

export function judged(before: Verdict, position: HearingPosition, events: readonly DriveEvent[]): Verdict {
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
    tally.taps += 1;
    if (isRight) tally.right += 1;
    else if (place.stopId === undefined) tally.unknown += 1;
    else tally.wrong += 1;
    if (place.tripId === trip.tripId) tally.tripRight += 1;
    else if (place.tripId !== undefined) tally.tripWrong += 1;
    if (place.quality !== 'certain') continue;
    tally.certain += 1;
    if (!isRight || !isRightTrip || !isRightRoute) tally.surelyWrong += 1;
  }
  return tally;
}
