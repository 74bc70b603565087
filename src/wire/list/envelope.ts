/** The numbers of the envelope's fields, and what an envelope must keep to beside their types. */
import { LIST_KINDS, LIST_SCHEMA, type ListEnvelope } from '../../core/list/envelope.ts';
import { REALMS } from '../../core/tap.ts';
import { branded, type Codec, count, hex, integer, listOf, oneOf, text } from '../codec.ts';
import { Malformed } from '../malformed.ts';
import { optional, required, struct, type Unknown } from '../struct.ts';

const fields = struct<ListEnvelope>({
  schema: required(1, count),
  listId: required(2, text),
  kind: required(3, oneOf(LIST_KINDS)),
  issuer: required(4, text),
  realm: required(5, oneOf(REALMS)),
  version: required(6, count),
  baseVersion: optional(7, count),
  createdAt: required(8, branded(integer)),
  effectiveAt: required(9, branded(integer)),
  staleAfter: required(10, branded(integer)),
  expiresAt: required(11, branded(integer)),
  count: required(12, count),
  rootHash: required(13, hex(32)),
  tokenKeyIds: required(14, listOf(count, 8)),
  signature: optional(15, hex(64)),
  keyId: optional(16, count),
});

/** An envelope that travelled may carry fields that this version does not know. */
export type WireEnvelope = ListEnvelope & Unknown;

export const listEnvelope: Codec<WireEnvelope> = {
  write: (writer, value) => fields.write(writer, checked(value)),
  read: reader => checked(fields.read(reader)),
  check: (value, at) => checked(fields.check(value, at)),
};

function checked(envelope: WireEnvelope): WireEnvelope {
  const { schema, version, baseVersion, effectiveAt, staleAfter, expiresAt, signature, keyId } = envelope;
  if (schema !== LIST_SCHEMA) throw new Malformed(`schema ${schema} where ${LIST_SCHEMA} is read`);
  if (version < 1) throw new Malformed('version 0 where versions begin at 1');
  if (baseVersion !== undefined && (baseVersion < 1 || baseVersion >= version)) {
    throw new Malformed(`version ${version} on base version ${baseVersion}`);
  }
  if (effectiveAt > staleAfter || staleAfter > expiresAt) {
    throw new Malformed('effectiveAt, staleAfter and expiresAt are not in this order');
  }
  if ((signature === undefined) !== (keyId === undefined))
    throw new Malformed('a signature goes with its keyId');
  return envelope;
}
