/**
 * Taps to be played, from a CSV file a person writes: when, at which vehicle and reader, with which card.
 * `at` is an offset from the beginning (`+1:30` minutes and seconds, `+1:02:30` with hours) or an instant with its
 * offset from UTC (`2026-03-02T07:31:30+05:00`): one or the other in the whole file, in the order of time.
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

/** What a taps file may name. Where there is one vehicle, the file need not name it. */
export interface Known {
  readonly cards: readonly string[];
  /** vehicleId -> its readers */
  readonly vehicles: ReadonlyMap<string, readonly string[]>;
}

export interface TapsFile {
  /** In the file's order; good only where there is no problem. */
  readonly taps: readonly PlayedTap[];
  readonly problems: readonly Problem[];
}

export function readTaps(text: string, file: string, names: Known): TapsFile {
  const table = readTable(text, file, TAPS);
  const problems: Problem[] = [...table.problems];
  const taps: PlayedTap[] = [];
  const vehicles = [...names.vehicles.keys()];
  const only = vehicles.length === 1 ? vehicles[0] : undefined;
  let before: PlayedTap['at'] | undefined;
  for (const row of table.rows) {
    const wrong = (column: 'at' | 'vehicle' | 'reader' | 'card', what: string, expected: string) => {
      problems.push({ at: table.at(row, column), what, expected });
    };
    const { reader, card, vehicle = only ?? '' } = row;
    const at = parseAt(row.at);
    if (at === undefined) wrong('at', `'${row.at}' is no moment`, "'+1:30' or '2026-03-02T07:31:30+05:00'");
    else if (!follows(before, at))
      wrong('at', `'${row.at}' after a tap that is later, or of the other form`, ORDER);
    else before = at;
    const readers = names.vehicles.get(vehicle);
    if (readers === undefined) wrong('vehicle', `no vehicle '${vehicle}'`, expectedOneOf(vehicle, vehicles));
    else if (!readers.includes(reader))
      wrong('reader', `no reader '${reader}'`, expectedOneOf(reader, readers));
    if (!names.cards.includes(card)) wrong('card', `no card '${card}'`, expectedOneOf(card, names.cards));
    if (at !== undefined) taps.push({ where: { file, line: row.line }, at, vehicle, reader, card });
  }
  return { taps, problems };
}

const ORDER = 'the order of time, in offsets or in instants';

/** A played clock never goes back. */
function follows(before: PlayedTap['at'] | undefined, at: PlayedTap['at']): boolean {
  if (before === undefined) return true;
  if ('atMs' in at) return 'atMs' in before && at.atMs >= before.atMs;
  return 'afterMs' in before && at.afterMs >= before.afterMs;
}

function parseAt(text: string): PlayedTap['at'] | undefined {
  const atMs = parseInstant(text);
  if (atMs !== undefined) return { atMs };
  const match = /^\+(?:(\d{1,3}):)?(\d{1,3}):([0-5]\d)$/.exec(text);
  if (match === null) return undefined;
  const [, hours = '0', minutes = '0', seconds = '0'] = match;
  return { afterMs: ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000 };
}
