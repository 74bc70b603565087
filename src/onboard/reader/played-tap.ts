import { type EpochMs, epoch } from '../../core/time.ts';

/** A tap to be played. */
export interface PlayedTap {
  readonly line: number;
  readonly at: { readonly afterMs: number } | { readonly atMs: EpochMs };
  readonly vehicle?: string;
  readonly reader: string;
  readonly card: string;
}

/** The moment of a tap when the file is played from `startMs`. */
export function momentOf(tap: PlayedTap, startMs: EpochMs): EpochMs {
  return 'atMs' in tap.at ? tap.at.atMs : epoch(startMs + tap.at.afterMs);
}
