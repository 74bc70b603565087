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
import type { Scheme } from './schemes.ts';

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
      /** What else it is known by, and all of it under the older key: lists that are not re-keyed yet know it so. */
      readonly further: readonly Token[];
      readonly form: MediumForm;
      readonly assurance: Assurance;
      /** Of a bank card. */
      readonly scheme?: Scheme;
      /** The first eight digits of a bank card, for the stop list's ranges: never recorded. */
      readonly bin?: string;
      readonly payment?: SealedPayment;
      /** What a ticket says of itself; a card's rights are on its account. */
      readonly ticket?: PresentedTicket;
      /** What a transit application says of itself: it is the home of its rider's state. */
      readonly card?: PresentedCard;
    }
  /** A number drawn anew at every tap: never an account, never a passback key (DEVICES.md 1). */
  | { readonly kind: 'random-uid'; readonly form: CardForm }
  /** It shows applications, and none that is taken here: it is declined, and is not taken by its UID instead. */
  | { readonly kind: 'unsupported'; readonly form: CardForm }
  /** A ticket or a card that is nobody's here. */
  | { readonly kind: 'refused'; readonly reason: TicketForgery | 'card-not-genuine' };

export interface PresentedCard {
  /** As it stands on the card (`transit/encoding.ts`). */
  readonly state: Uint8Array;
  /** How often it was written: no two states of a card have the same. */
  readonly counter: number;
}

/** What a bank card is paid by, sealed for its acquirer: nobody on board can open it (RECORDS.md 2). */
export interface SealedPayment {
  /** Names it on the record of the tap. */
  readonly ref: string;
  readonly bytes: Uint8Array;
}

type MediumByUid = Extract<Medium, { kind: 'identified' | 'random-uid' }>;
type Identified = Extract<Medium, { kind: 'identified' }>;

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
export function identify(face: CardFace, keys: TokenKeys, crypto: Crypto): MediumByUid {
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

/** Who a card is by its transit application, which has proven itself: its serial names it (RECORDS.md 2). */
export function identifyApplication(
  serial: Uint8Array,
  [current, previous]: TokenKeys,
  crypto: Crypto,
): Identified {
  return {
    kind: 'identified',
    token: tokenOf('application', serial, current, crypto),
    further: previous === undefined ? [] : [tokenOf('application', serial, previous, crypto)],
    form: 'transit',
    assurance: 'authenticated',
  };
}
