import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { diskFault } from '../../disk/sqlite.ts';

/** Writes the whole file or none of it: whoever fetches it meanwhile gets the old one. Throws `TuraError` for the disk. */
export function writeBundle(file: string, bytes: Uint8Array): void {
  const unfinished = `${file}.unfinished`;
  try {
    const handle = openSync(unfinished, 'w');
    try {
      for (let at = 0; at < bytes.length; ) at += writeSync(handle, bytes, at);
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
    renameSync(unfinished, file);
  } catch (error) {
    rmSync(unfinished, { force: true });
    throw diskFault(error, file, 'list bundle');
  }
}
