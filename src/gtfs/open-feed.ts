import { stat } from 'node:fs/promises';
import { type FeedSource, notAFeed } from './feed.ts';
import { openFolder } from './folder.ts';
import { openZip } from './zip.ts';

/** Opens a GTFS zip or folder. Throws a `bad-input` that names the path when it is neither. */
export async function openFeed(path: string): Promise<FeedSource> {
  const found = await stat(path).catch((cause: NodeJS.ErrnoException) => {
    throw notAFeed(path, cause.code === 'ENOENT' ? 'there is no such file' : cause.message, cause);
  });
  return found.isDirectory() ? openFolder(path) : openZip(path);
}
