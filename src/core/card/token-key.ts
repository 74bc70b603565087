/** The operator's token keys as files: one key a file, and the realm it is for. */
import { z } from 'zod';
import { refuseIfWrong, TuraError } from '../error.ts';
import { bytesOfHex } from '../hex.ts';
import { readYaml } from '../source/yaml.ts';
import { REALMS, type Realm } from '../tap.ts';
import type { TokenKey, TokenKeys } from './identity.ts';

const tokenKeySchema = z.strictObject({
  realm: z.enum(REALMS),
  keyId: z.int().min(1).max(0xffff_ffff),
  secret: z.string().regex(/^[0-9a-fA-F]{64}$/, 'expected 32 bytes as 64 hex digits, in quotes'),
});

/** A file as it was read: `file` is how problems name it. */
export interface KeyFile {
  readonly text: string;
  readonly file: string;
}

/** The realm is the keys': what is made with a test key can never pass for production. */
export interface KeyRing {
  readonly realm: Realm;
  readonly keys: TokenKeys;
}

/** The first file holds the current key, a second one the key that rotates out. Throws bad-input. */
export function readKeyRing(files: readonly KeyFile[]): KeyRing {
  const read = files.map(({ text, file }) => readYaml(text, file, tokenKeySchema));
  refuseIfWrong(read.flatMap(({ problems }) => problems));
  const [current, previous, third] = read.flatMap(({ value }) => (value === undefined ? [] : [value]));
  if (current === undefined || third !== undefined) {
    throw new TuraError('bad-input', `${files.length} token keys`, {
      expected: 'one, or two while one rotates out',
    });
  }
  if (previous === undefined) return { realm: current.realm, keys: [keyOf(current)] };
  if (previous.realm !== current.realm || previous.keyId === current.keyId) {
    throw new TuraError(
      'bad-input',
      `${files[1]?.file}: a key ${previous.keyId} of realm ${previous.realm}`,
      {
        expected: `another keyId than ${current.keyId}, in realm ${current.realm}`,
      },
    );
  }
  return { realm: current.realm, keys: [keyOf(current), keyOf(previous)] };
}

function keyOf(file: z.infer<typeof tokenKeySchema>): TokenKey {
  return { keyId: file.keyId, secret: bytesOfHex(file.secret) };
}
