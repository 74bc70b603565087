import { readFileSync } from 'node:fs';
import { type KeyRing, readKeyRing } from '../core/card/token-key.ts';
import { diskFault } from '../disk/sqlite.ts';

/** The operator's token keys: the current one, and the one that rotates out. Throws `bad-input`. */
export function readKeyFiles(files: readonly string[]): KeyRing {
  return readKeyRing(files.map(file => ({ file, text: readText(file) })));
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw diskFault(error, file, 'token key');
  }
}
