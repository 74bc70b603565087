/**
 * The port of everything that holds a feed's files: a zip or a folder, seen alike. A file is streamed, never held
 * whole.
 */
import { TuraError } from '../core/error.ts';

/** A larger file is refused before it is read: no timetable is so large, a zip bomb is. */
export const FILE_BYTES = 8 * 2 ** 30;

/** A container with more files is not a feed. */
export const FEED_FILES = 1_000;

export interface FeedFile {
  /** `stops.txt`; the folder it stands in, inside a zip, is left out. */
  readonly name: string;
  /** As problems name it: `feed.zip/stops.txt`. */
  readonly path: string;
  /** Uncompressed. */
  readonly bytes: number;
  /** Its content in pieces. Throws a `bad-input` when the container is broken, a `disk-fault` when the disk is. */
  stream(): AsyncIterable<Uint8Array>;
}

export interface FeedSource {
  /** The path it was opened by. */
  readonly path: string;
  readonly files: readonly FeedFile[];
  close(): void;
}

export function notAFeed(where: string, why: string, cause?: unknown): TuraError {
  const expected = 'a GTFS zip, or a folder of its .txt files';
  return new TuraError('bad-input', `${where}: ${why} (expected ${expected})`, { where, expected, cause });
}

/** Throws when a file, or their number, is beyond the limit. */
export function refuseOversize(path: string, files: readonly FeedFile[]): void {
  if (files.length > FEED_FILES) {
    throw notAFeed(path, `holds more than ${FEED_FILES.toLocaleString('en')} files`);
  }
  const large = files.find(file => file.bytes > FILE_BYTES);
  if (large !== undefined) throw notAFeed(large.path, `is larger than ${FILE_BYTES / 2 ** 30} GiB`);
}
