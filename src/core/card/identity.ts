/**
 * From what a card shows to who it is. The number itself goes no further than here (RECORDS.md 2): what leaves is its
 * keyed hash, so that lists and records name a medium only to those who hold the operator's key.
 */
import type { Crypto } from '../crypto.ts';
import { assert } from '../error.ts';
import { hexOfBytes } from '../hex.ts';
import type { Assurance, Token, TokenKind } from '../tap.ts';
import type { PresentedTicket, TicketForgery } from '../ticket/ticket.ts';
import { type CardFace, type CardForm, isRandomUid, type MediumForm, UID_LENGTHS } from './face.ts';

/** `secret`: 32 bytes. `keyId` stands in every token, so that two keys never mix. */
export interface TokenKey {
  readonly keyId: number;
  readonly secret: Uint8Array;
}

/** The key in use, and the one that rotates out while lists under it are still about. */
export type TokenKeys = readonly [current: TokenKey, previous?: TokenKey];

export type Medium =
  | {
      readonly kind: 'identified';
      readonly token: Token;
      /** The same card under the older key: lists that are not re-keyed yet know it so. */
      readonly further: readonly Token[];
      readonly form: MediumForm;
      readonly assurance: Assurance;
      /** What a ticket says of itself; a card's rights are on its account. */
      readonly ticket?: PresentedTicket;
    }
  /** A number drawn anew at every tap: never an account, never a passback key (DEVICES.md 1). */
  | { readonly kind: 'random-uid'; readonly form: CardForm }
  /** A ticket that is nobody's here. */
  | { readonly kind: 'refused'; readonly reason: TicketForgery };

const TOKEN_BYTES = 16;
/** Says what is hashed, so that no other use of the key can ever give the same bytes. */
const DOMAIN = 'tura token v1';

/**
 * HMAC-SHA-256 over `DOMAIN`, 00, the token kind's word, 00 and the stable identity, cut to 16 bytes. The identity
 * comes last and the words hold no 00, so no two identities give the same message.
 */
export function tokenOf(kind: TokenKind, identity: Uint8Array, key: TokenKey, crypto: Crypto): Token {
  const domain = `${DOMAIN}\0${kind}\0`;
  const message = new Uint8Array(domain.length + identity.length);
  for (let index = 0; index < domain.length; index++) message[index] = domain.charCodeAt(index);
  message.set(identity, domain.length);
  const digest = crypto.hmacSha256(key.secret, message);
  return { kind, keyId: key.keyId, value: hexOfBytes(digest.subarray(0, TOKEN_BYTES)) };
}

/** Who a card is by its UID alone. */
export function identify(
  face: CardFace,
  keys: TokenKeys,
  crypto: Crypto,
): Exclude<Medium, { kind: 'refused' }> {
  assert(UID_LENGTHS.includes(face.uid.length), `a UID has 4, 7 or 10 bytes, not ${face.uid.length}`);
  if (isRandomUid(face.uid)) return { kind: 'random-uid', form: face.form };
  const [current, previous] = keys;
  return {
    kind: 'identified',
    token: tokenOf('uid', face.uid, current, crypto),
    further: previous === undefined ? [] : [tokenOf('uid', face.uid, previous, crypto)],
    form: face.form,
    assurance: 'uid',
  };
}
