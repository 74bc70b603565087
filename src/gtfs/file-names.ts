/** The files of a GTFS feed by name, so that a name that is none of them is told from one that was misspelt. */
import { suggest } from '../core/suggest.ts';
import { SPECS } from './fare-specs.ts';

/** Of the GTFS reference, and of its drafts as far as they are priced. */
export const GTFS_FILES: readonly string[] = [
  ...Object.values(SPECS).map(({ file }) => file),
  'attributions.txt', 'booking_rules.txt', 'feed_info.txt', 'frequencies.txt', 'levels.txt', 'location_group_stops.txt',
  'location_groups.txt', 'pathways.txt', 'shapes.txt', 'stop_times.txt', 'transfers.txt', 'translations.txt', 'trips.txt',
]; // biome-ignore format: names read best as one block

/** Feeds keep many files of their own, `lines.txt` and `timetables.txt` among them: only the nearest slips are meant. */
const SLIPS = 2;

/** The file that is not there and that `name` was probably meant to be. */
export function meantFile(
  name: string,
  right: readonly string[],
  present: Iterable<string>,
): string | undefined {
  const there = new Set(present);
  return suggest(
    name,
    right.filter(file => !there.has(file)),
    SLIPS,
  );
}
