/** The operator's key for transit applications as a file, and the realm it is for. */
import { z } from 'zod';
import { assert, refuseIfWrong } from '../../error.ts';
import { bytesOfHex } from '../../hex.ts';
import { readYaml } from '../../source/yaml.ts';
import { REALMS, type Realm } from '../../tap.ts';
import type { TransitKey } from './session.ts';

const transitKeySchema = z.strictObject({
  realm: z.enum(REALMS),
  /** A card says by which it was made, in one byte. */
  keyId: z.int().min(1).max(255),
  secret: z.string().regex(/^[0-9a-fA-F]{32}$/, 'expected 16 bytes as 32 hex digits, in quotes'),
});

/** `file` is how problems name it. Throws bad-input. */
export function readTransitKey(text: string, file: string): TransitKey & { readonly realm: Realm } {
  const { value, problems } = readYaml(text, file, transitKeySchema);
  refuseIfWrong(problems);
  assert(value !== undefined, 'a key file without problems has a value');
  return { ...value, secret: bytesOfHex(value.secret) };
}
