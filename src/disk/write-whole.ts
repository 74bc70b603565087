import { existsSync, mkdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { diskFault } from './sqlite.ts';

/**
 * Writes the whole file or none of it: whoever reads it meanwhile gets the old one. `what` is what people call it. Throws
 * `TuraError` for the disk.
 */
export function writeWhole(file: string, content: Uint8Array | string, what: string): void {
  const unfinished = `${file}.unfinished`;
  try {
    mkdirSync(dirname(file), { recursive: true });
    // A pipe or a device is written to, and never replaced.
    if (statSync(file, { throwIfNoEntry: false })?.isFile() === false) writeFileSync(file, content);
    else {
      writeFileSync(unfinished, content, { flush: true });
      renameSync(unfinished, file);
    }
  } catch (error) {
    if (existsSync(unfinished)) rmSync(unfinished);
    throw diskFault(error, file, what);
  }
}
