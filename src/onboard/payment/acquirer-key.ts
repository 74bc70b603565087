/** The acquirer's public key as a file: whom bank cards' data are sealed to. The private half is never on board. */
import { z } from 'zod';
import { assert, formatPosition, refuseIfWrong, TuraError } from '../../core/error.ts';
import { bytesOfHex } from '../../core/hex.ts';
import { readYaml } from '../../core/source/yaml.ts';
import { REALMS, type Realm } from '../../core/tap.ts';
import { readText } from '../../disk/read-text.ts';
import { sealPayment } from './seal.ts';

export interface AcquirerKey {
  readonly realm: Realm;
  readonly keyId: number;
  /** X25519, 32 bytes. */
  readonly publicKey: Uint8Array;
}

const acquirerKeySchema = z.strictObject({
  realm: z.enum(REALMS),
  keyId: z.int().min(1).max(0xffff_ffff),
  publicKey: z.string().regex(/^[0-9a-fA-F]{64}$/, 'expected 32 bytes as 64 hex digits, in quotes'),
});

const EXPECTED = "an acquirer's key: fixtures/keys/acquirer-key-test.yaml shows one";

/** Throws `bad-input`, also for 32 bytes that nothing can be sealed to. */
export function readAcquirerKey(file: string): AcquirerKey {
  const { value, problems, positionOf } = readYaml(
    readText(file, "acquirer's key", EXPECTED),
    file,
    acquirerKeySchema,
  );
  refuseIfWrong(problems);
  assert(value !== undefined, 'a key file without problems has a value');
  const key = { ...value, publicKey: bytesOfHex(value.publicKey) };
  try {
    sealPayment(new Uint8Array(1), key);
  } catch (cause) {
    const where = formatPosition(positionOf(['publicKey']));
    const what = `${where}: publicKey: nothing can be sealed to it`;
    throw new TuraError('bad-input', what, { where, expected: 'an X25519 public key', cause });
  }
  return key;
}
