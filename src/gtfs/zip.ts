/**
 * A feed as a zip. Some exporters put the feed inside one folder of the zip: it is found there too.
 */
import { posix } from 'node:path';
import { pipeline, type Readable } from 'node:stream';
import { crc32, createInflateRaw } from 'node:zlib';
import yauzl from 'yauzl';
import { TuraError } from '../core/error.ts';
import { type FeedFile, type FeedSource, notAFeed, refuseOversize } from './feed.ts';

const PIECE_BYTES = 65_536;

export async function openZip(path: string): Promise<FeedSource> {
  const zip = await yauzl.openPromise(path, { lazyEntries: true, autoClose: false }).catch(cause => {
    throw notAFeed(path, 'is no zip, or its end is cut off', cause);
  });
  try {
    const entries = await entriesOf(zip, path);
    const folder = feedFolder(path, entries);
    const files = entries
      .filter(entry => posix.dirname(entry.fileName) === folder && entry.fileName.endsWith('.txt'))
      .map(entry => fileOf(zip, path, entry));
    refuseOversize(path, files);
    return { path, files, close: () => zip.close() };
  } catch (fault) {
    zip.close();
    throw fault;
  }
}

async function entriesOf(zip: yauzl.ZipFile, path: string): Promise<readonly yauzl.Entry[]> {
  const entries: yauzl.Entry[] = [];
  try {
    for await (const entry of zip.eachEntry()) entries.push(entry);
  } catch (cause) {
    throw notAFeed(path, 'the list of files in the zip is broken', cause);
  }
  return entries;
}

/** The one folder that holds the stops; `.` is the zip itself. */
function feedFolder(path: string, entries: readonly yauzl.Entry[]): string {
  const names = entries.map(entry => entry.fileName).filter(name => !name.startsWith('__MACOSX/'));
  const folders = names.filter(name => posix.basename(name) === 'stops.txt').map(name => posix.dirname(name));
  if (folders.includes('.')) return '.';
  if (folders.length > 1) throw notAFeed(path, `holds ${folders.length} feeds: ${folders.join(', ')}`);
  const [only] = folders;
  if (only !== undefined || names.some(name => name.endsWith('.txt'))) return only ?? '.';
  const inner = names.find(name => name.endsWith('.zip'));
  throw notAFeed(
    path,
    inner === undefined ? 'the zip holds no .txt file' : `the feed is in a zip inside: ${inner}`,
  );
}

function fileOf(zip: yauzl.ZipFile, path: string, entry: yauzl.Entry): FeedFile {
  const inside = `${path}/${entry.fileName}`;
  return {
    name: posix.basename(entry.fileName),
    path: inside,
    bytes: entry.uncompressedSize,
    stream: () => streamOf(zip, entry, inside),
  };
}

/** Checked against the size and the sum that the zip states: a damaged file is never taken for a short one. */
async function* streamOf(zip: yauzl.ZipFile, entry: yauzl.Entry, where: string): AsyncGenerator<Uint8Array> {
  let [bytes, sum] = [0, 0];
  try {
    for await (const piece of await contentOf(zip, entry, where)) {
      bytes += piece.length;
      sum = crc32(piece, sum);
      // A zip bomb states a size that passes the limit and goes on.
      if (bytes > entry.uncompressedSize) break;
      yield piece;
    }
  } catch (cause) {
    throw cause instanceof TuraError ? cause : notAFeed(where, 'the zip is damaged here', cause);
  }
  if (bytes !== entry.uncompressedSize)
    throw notAFeed(where, 'the zip is damaged here: another size than stated');
  if (sum !== entry.crc32) throw notAFeed(where, 'the zip is damaged here: its check sum differs');
}

const [STORED, DEFLATED] = [0, 8];

async function contentOf(zip: yauzl.ZipFile, entry: yauzl.Entry, where: string): Promise<Readable> {
  const method = entry.compressionMethod;
  if (entry.isEncrypted()) throw notAFeed(where, 'is encrypted');
  if (method !== STORED && method !== DEFLATED) throw notAFeed(where, `is compressed by method ${method}`);
  const raw = await zip.openReadStreamPromise(entry, { decodeFileData: false });
  if (method === STORED) return raw;
  // Larger pieces than the default of 16 KiB: each costs a turn of the event loop and a start of the parser.
  const inflate = createInflateRaw({ chunkSize: PIECE_BYTES });
  // An error reaches whoever reads `inflate`; the callback has nothing to add.
  pipeline(raw, inflate, () => undefined);
  return inflate;
}
