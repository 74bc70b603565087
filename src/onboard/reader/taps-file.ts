/**
 * Taps to be played, from a CSV file a person writes: when, at which vehicle and reader, with which card.
 * `at` is an offset from the beginning (`+1:30` minutes and seconds, `+1:02:30` with hours) or an instant with its
 * offset (`2026-03-02T07:31:30+05:00`).
 */
import type { Problem } from '../../core/error.ts';
import { expectedOneOf } from '../../core/suggest.ts';
import { parseInstant } from '../../core/time.ts';
import { optional, required } from '../../gtfs/column.ts';
import type { TableSpec } from '../../gtfs/spec.ts';
import { readTable } from '../../gtfs/table.ts';
import type { PlayedTap } from './played-tap.ts';

const TAPS = {
  file: 'taps.csv',
  required: true,
  columns: [
    required('at', 'text'),
    optional('vehicle', 'text'),
    required('reader', 'text'),
    required('card', 'text'),
  ],
} as const satisfies TableSpec;

/** What a taps file may name. Without `vehicles` the column is not looked at. */
export interface Known {
  readonly cards: readonly string[];
  readonly readers: (vehicle: string | undefined) => readonly string[];
  readonly vehicles?: readonly string[];
}

export interface TapsFile {
  /** The rows without a problem, in the file's order. */
  readonly taps: readonly PlayedTap[];
  readonly problems: readonly Problem[];
}

export function readTaps(text: string, file: string, names: Known): TapsFile {
  const table = readTable(text, file, TAPS);
  const problems: Problem[] = [...table.problems];
  const taps: PlayedTap[] = [];
  for (const row of table.rows) {
    const wrong = (column: 'at' | 'vehicle' | 'reader' | 'card', what: string, expected: string) =>
      problems.push({ at: table.at(row, column), what, expected });
    const at = parseAt(row.at);
    if (at === undefined) wrong('at', `'${row.at}' is no moment`, "'+1:30' or '2026-03-02T07:31:30+05:00'");
    const { vehicles } = names;
    const isVehicle = vehicles === undefined || (row.vehicle !== undefined && vehicles.includes(row.vehicle));
    if (!isVehicle)
      wrong('vehicle', `no vehicle '${row.vehicle ?? ''}'`, expectedOneOf(row.vehicle ?? '', vehicles ?? []));
    const readers = names.readers(row.vehicle);
    const isReader = !isVehicle || readers.includes(row.reader);
    if (!isReader) wrong('reader', `no reader '${row.reader}'`, expectedOneOf(row.reader, readers));
    const isCard = names.cards.includes(row.card);
    if (!isCard) wrong('card', `no card '${row.card}'`, expectedOneOf(row.card, names.cards));
    if (at === undefined || !isVehicle || !isReader || !isCard) continue;
    const { line, reader, card, vehicle } = row;
    taps.push(vehicle === undefined ? { line, at, reader, card } : { line, at, reader, card, vehicle });
  }
  return { taps, problems };
}

function parseAt(text: string): PlayedTap['at'] | undefined {
  const atMs = parseInstant(text);
  if (atMs !== undefined) return { atMs };
  const match = /^\+(?:(\d{1,3}):)?(\d{1,3}):([0-5]\d)$/.exec(text);
  if (match === null) return undefined;
  const [, hours = '0', minutes = '0', seconds = '0'] = match;
  return { afterMs: ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000 };
}
