import { type KeyRing, readKeyRing } from '../core/card/token-key.ts';
import { readText } from '../disk/read-text.ts';

const EXPECTED = 'a token key: fixtures/keys/token-key-test.yaml shows one';

/** The operator's token keys: the current one, and the one that rotates out. Throws `bad-input`. */
export function readKeyFiles(files: readonly string[]): KeyRing {
  return readKeyRing(files.map(file => ({ file, text: readText(file, 'token key', EXPECTED) })));
}
