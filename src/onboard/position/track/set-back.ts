/**
 * A clock that was set back: no time has passed, and whatever is remembered of a moment moves with the clock, so that the
 * vehicle is followed on by the new time at once.
 */
import { type EpochMs, epoch } from '../../../core/time.ts';
import type { Fix } from '../observation.ts';
import type { Track } from './track.ts';

/** Wires are read one beside the other: by so little what they say may come in another order. */
const OUT_OF_ORDER_MS = 5_000;

export function setBack(track: Track, atMs: EpochMs): Track {
  const byMs = (track.atMs ?? atMs) - atMs;
  if (byMs <= OUT_OF_ORDER_MS) return track;
  const earlier = (ms: EpochMs) => epoch(ms - byMs);
  const earlierFix = (fix: Fix): Fix => ({ ...fix, atMs: earlier(fix.atMs) });
  const { doors, search, bus, driverMs } = track;
  const { toldMs, widerMs } = search;
  return {
    ...track,
    atMs,
    fixes: track.fixes.map(earlierFix),
    doors: { ...doors, at: doors.at && earlierFix(doors.at) },
    search: { ...search, toldMs: toldMs && earlier(toldMs), widerMs: widerMs && earlier(widerMs) },
    bus: bus.stopMs === undefined ? bus : { ...bus, stopMs: earlier(bus.stopMs) },
    driverMs: driverMs && earlier(driverMs),
  };
}
