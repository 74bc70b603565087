/** When a demo begins: in its first run on a spring Monday, later after everything the journals hold. */
import { DAY_MS, type EpochMs, epoch, offsetAt, parseInstant, type Zone } from '../../core/time.ts';

const FIRST_START = parseInstant('2026-03-02T07:30:00+05:00');
const HOUR_MS = 3_600_000;

/** Longer than every window of the tariff, so that no card of the last run is on a transfer or a passback. */
const PAUSE_MS = 2 * HOUR_MS;

/** By day there are buses; a run takes about an hour of the demo's time. */
const OPENS_S = 7.5 * 3600;
const CLOSES_S = 21 * 3600;

/** `lastMs`: the newest moment of any vehicle's journal. */
export function demoStart(zone: Zone, lastMs: EpochMs | undefined): EpochMs {
  if (FIRST_START === undefined) throw new Error('broken invariant: the first start is an instant');
  if (lastMs === undefined) return FIRST_START;
  const earliest = epoch(Math.ceil((lastMs + PAUSE_MS) / HOUR_MS) * HOUR_MS + HOUR_MS / 2);
  const offset = offsetAt(zone, earliest);
  const opens = openingFrom(earliest + offset);
  // The clocks may change on the way to the next morning.
  return epoch(opens - offsetAt(zone, epoch(opens - offset)));
}

/** By the wall clock: the moment itself by day, otherwise the next morning. */
function openingFrom(wallMs: number): number {
  const midnight = Math.floor(wallMs / DAY_MS) * DAY_MS;
  const second = (wallMs - midnight) / 1000;
  if (second < OPENS_S) return midnight + OPENS_S * 1000;
  return second > CLOSES_S ? midnight + DAY_MS + OPENS_S * 1000 : wallMs;
}
