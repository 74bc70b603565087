/**
 * Ticket keys as files. An issuer's says whose it is and which; a phone's has no name, for the ticket itself names it.
 * Whoever signs has the file with the secret, whoever only verifies the one with the public key.
 */
import { z } from 'zod';
import { assert, refuseIfWrong } from '../error.ts';
import { readYaml } from '../source/yaml.ts';
import { REALMS, type Realm } from '../tap.ts';

const ed25519 = z.string().regex(/^[0-9a-fA-F]{64}$/, 'expected 32 bytes as 64 hex digits, in quotes');

const word = z.string().regex(/^[a-z0-9][a-z0-9-]{0,31}$/, 'expected small letters, digits and hyphens');

const half = { secret: ed25519.optional(), publicKey: ed25519.optional() };

interface Halves {
  readonly secret?: string | undefined;
  readonly publicKey?: string | undefined;
}

/** One of the two: the other is derived from it, or nobody's business here. */
function isHalf({ secret, publicKey }: Halves): boolean {
  return (secret === undefined) !== (publicKey === undefined);
}

const HALF = 'expected secret, or publicKey: one of them';

const issuerKeySchema = z
  .strictObject({ realm: z.enum(REALMS), issuer: word, keyId: z.int().min(1).max(0xffff_ffff), ...half })
  .refine(isHalf, HALF);

const holderKeySchema = z.strictObject({ realm: z.enum(REALMS), ...half }).refine(isHalf, HALF);

/** In hex. */
export type KeyHalf =
  | { readonly kind: 'secret'; readonly secret: string }
  | { readonly kind: 'public'; readonly publicKey: string };

export interface IssuerKey {
  readonly realm: Realm;
  readonly issuer: string;
  readonly keyId: number;
  /** `tmn/1`: the key's name on every ticket, and in a stop list's `issuerKey`. */
  readonly name: string;
  readonly half: KeyHalf;
}

/** Throws bad-input with every problem. */
export function readIssuerKey(text: string, file: string): IssuerKey {
  const { value, problems } = readYaml(text, file, issuerKeySchema);
  refuseIfWrong(problems);
  assert(value !== undefined, 'a key file without problems has a value');
  const { realm, issuer, keyId } = value;
  return { realm, issuer, keyId, name: `${issuer}/${keyId}`, half: halfOf(value) };
}

/** Throws bad-input with every problem. */
export function readHolderKey(text: string, file: string): KeyHalf {
  const { value, problems } = readYaml(text, file, holderKeySchema);
  refuseIfWrong(problems);
  assert(value !== undefined, 'a key file without problems has a value');
  return halfOf(value);
}

function halfOf({ secret, publicKey = '' }: Halves): KeyHalf {
  if (secret !== undefined) return { kind: 'secret', secret: secret.toLowerCase() };
  return { kind: 'public', publicKey: publicKey.toLowerCase() };
}
