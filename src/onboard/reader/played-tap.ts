import { formatPosition, type Position, TuraError } from '../../core/error.ts';
import { type EpochMs, epoch } from '../../core/time.ts';

/** A tap to be played. */
export interface PlayedTap {
  /** Where its moment stands in the file. */
  readonly where: Position;
  readonly at: { readonly afterMs: number } | { readonly atMs: EpochMs };
  readonly vehicle: string;
  readonly reader: string;
  readonly card: string;
}

/** The moment of a tap when the file is played from `startMs`. */
export function momentOf(tap: PlayedTap, startMs: EpochMs): EpochMs {
  return 'atMs' in tap.at ? tap.at.atMs : epoch(startMs + tap.at.afterMs);
}

/**
 * When to begin, where the file itself names moments; undefined where it names offsets from any beginning. `lastMs` is
 * the newest moment of a journal: a moment before it cannot be played again. Throws `bad-input`.
 */
export function startOf(taps: readonly PlayedTap[], lastMs: EpochMs | undefined): EpochMs | undefined {
  const [first] = taps;
  if (first === undefined || !('atMs' in first.at)) return undefined;
  const { atMs } = first.at;
  if (lastMs === undefined || atMs > lastMs) return atMs;
  const where = formatPosition(first.where);
  const utc = (ms: EpochMs) => new Date(ms).toISOString();
  throw new TuraError('bad-input', `${where}: ${utc(atMs)} has passed: the journal goes to ${utc(lastMs)}`, {
    where,
    expected: "a later moment, an offset such as '+1:30', or another state folder",
  });
}
