/** A feed as a folder of text files. */
import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { TuraError } from '../core/error.ts';
import { type FeedFile, type FeedSource, notAFeed, refuseOversize } from './feed.ts';

const PIECE_BYTES = 65_536;

export async function openFolder(path: string): Promise<FeedSource> {
  const entries = await readdir(path, { withFileTypes: true }).catch(cause => {
    throw notAFeed(path, 'the folder cannot be read', cause);
  });
  const names = entries.filter(entry => !entry.isDirectory() && entry.name.endsWith('.txt'));
  if (names.length === 0) throw notAFeed(path, 'the folder holds no .txt file');
  const files = await Promise.all(names.map(entry => fileIn(path, entry.name)));
  refuseOversize(path, files);
  return { path, files, close: () => undefined };
}

async function fileIn(folder: string, name: string): Promise<FeedFile> {
  const path = join(folder, name);
  const { size } = await stat(path).catch(cause => {
    throw unreadable(path, cause);
  });
  return { name, path, bytes: size, stream: () => streamOf(path) };
}

async function* streamOf(path: string): AsyncGenerator<Uint8Array> {
  try {
    yield* createReadStream(path, { highWaterMark: PIECE_BYTES });
  } catch (cause) {
    throw unreadable(path, cause);
  }
}

function unreadable(path: string, cause: unknown): TuraError {
  return new TuraError('disk-fault', `${path}: cannot be read`, { where: path, cause });
}
