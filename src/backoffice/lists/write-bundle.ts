import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { diskFault } from '../../disk/sqlite.ts';

/** Writes the whole file or none of it: whoever fetches it meanwhile gets the old one. Throws `TuraError` for the disk. */
export function writeBundle(file: string, bytes: Uint8Array): void {
  const unfinished = `${file}.unfinished`;
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(unfinished, bytes, { flush: true });
    renameSync(unfinished, file);
  } catch (error) {
    if (existsSync(unfinished)) rmSync(unfinished);
    throw diskFault(error, file, 'list bundle');
  }
}
