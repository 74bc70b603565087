import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { diskFault } from '../disk/sqlite.ts';

/** Writes a file that was asked for, and its folder. Throws `TuraError` for the disk. */
export function writeReport(file: string, text: string): void {
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  } catch (error) {
    throw diskFault(error, file, 'report');
  }
}
