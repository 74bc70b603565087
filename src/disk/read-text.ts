import { readFileSync } from 'node:fs';
import { TuraError } from '../core/error.ts';
import { diskFault } from './sqlite.ts';

/**
 * A file that a person wrote, whole. `what` is what people call it, `expected` what should stand there. Throws
 * `TuraError` bad-input for one that is not there, may not be read, or is no UTF-8.
 */
export function readText(file: string, what: string, expected: string): string {
  const refuse = (said: string, cause: unknown) =>
    new TuraError('bad-input', `${what} ${file}: ${said}`, { where: file, expected, cause });
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(file);
  } catch (error) {
    if (isForbidden(error)) throw refuse('no right to read it', error);
    const fault = diskFault(error, file, what);
    if (!(fault instanceof TuraError)) throw error;
    throw new TuraError(fault.code, fault.message, { where: file, expected, cause: error });
  }
  try {
    // A byte order mark is left to whoever parses: it stands in the column count.
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (error) {
    throw refuse('is not UTF-8 text', error);
  }
}

function isForbidden(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'EACCES' || error.code === 'EPERM');
}
