/**
 * Writes below a folder, and tells how that went. A process of its own, started by `disk.ts`: a disk that hangs holds
 * whoever asks it, and this one can be left behind.
 */
import {
  closeSync,
  existsSync,
  fsyncSync,
  openSync,
  realpathSync,
  statfsSync,
  unlinkSync,
  writeSync,
} from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { DiskAnswer } from '../system.ts';

const WRITES = 5;
/** One page of a journal. */
const PAGE = Buffer.alloc(4096, 0x2e);

const [folder = '.'] = process.argv.slice(2);
process.send?.(probe(nearest(resolve(folder))));
process.disconnect();

function nearest(path: string): string {
  return existsSync(path) || path === dirname(path) ? path : nearest(dirname(path));
}

function probe(folder: string): DiskAnswer {
  const file = join(folder, `.tura-doctor-${process.pid}`);
  try {
    const syncMs = timeSyncs(file);
    const { bavail, blocks, bsize } = statfsSync(folder);
    const sizes = { freeBytes: bavail * bsize, sizeBytes: blocks * bsize };
    return { kind: 'works', folder: realpathSync(folder), ...sizes, syncMs };
  } catch (error) {
    return { kind: 'fails', folder, code: codeOf(error) };
  }
}

function timeSyncs(file: string): readonly number[] {
  const handle = openSync(file, 'wx', 0o600);
  try {
    return Array.from({ length: WRITES }, (_, index) => {
      const startedMs = performance.now();
      writeSync(handle, PAGE, 0, PAGE.length, index * PAGE.length);
      fsyncSync(handle);
      return performance.now() - startedMs;
    });
  } finally {
    closeSync(handle);
    unlinkSync(file);
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error);
}
