/** Journals that were lost: what is left of them is kept beside the one in use, under the name of their epoch. */
import { closeSync, existsSync, fsyncSync, openSync, readdirSync, renameSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { diskFault } from '../../disk/sqlite.ts';

const ASIDE = /^journal-[0-9a-f]{16}\.db$/;

/** Gives the file's new name. The log goes with it: it may hold records that are nowhere else. */
export function setAside(file: string, epoch: string): string {
  const aside = join(dirname(file), `journal-${epoch}.db`);
  try {
    for (const end of ['', '-wal']) if (existsSync(file + end)) renameSync(file + end, aside + end);
    // Otherwise a power cut could bring the lost journal back into its place.
    syncFolder(dirname(file));
  } catch (error) {
    throw diskFault(error, file, 'journal');
  }
  return aside;
}

export function journalsAside(folder: string): readonly string[] {
  return readdirSync(folder)
    .filter(name => ASIDE.test(name))
    .map(name => join(folder, name));
}

function syncFolder(folder: string): void {
  const handle = openSync(folder, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
