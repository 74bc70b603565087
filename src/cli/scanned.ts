/** What a scanner delivers, as a file or on standard input. */
import { readFileSync } from 'node:fs';
import { diskFault } from '../disk/sqlite.ts';
import { readStandardBytes } from './standard-input.ts';

/** `-` is standard input; `what` is what people call the file. Throws `TuraError` for the disk. */
export async function scannedBytes(file: string, what: string): Promise<Uint8Array> {
  if (file === '-') return await readStandardBytes();
  try {
    return readFileSync(file);
  } catch (error) {
    throw diskFault(error, file, what);
  }
}
