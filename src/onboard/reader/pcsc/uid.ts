/** The UID as PC/SC part 3 (3.2.2.1.3) gives it out, whatever the card is. */
import { UID_LENGTHS } from '../../../core/card/face.ts';
import { hexOfBytes } from '../../../core/hex.ts';

/** GET DATA of the reader's own class: it never reaches the card's applications. */
export const GET_UID = Uint8Array.of(0xff, 0xca, 0x00, 0x00, 0x00);

/** Longer than any UID, so that a medium of another kind is named and not cut. */
export const UID_ANSWER_MAX = 34;

export type UidAnswer =
  | { readonly kind: 'uid'; readonly uid: Uint8Array }
  | { readonly kind: 'none'; readonly why: string };

/** `why` never carries the bytes of a UID: it is shown and logged. */
export function readUidAnswer(answer: Uint8Array): UidAnswer {
  if (answer.length < 2) return none('the card was torn off while it was read');
  const status = hexOfBytes(answer.subarray(-2));
  if (status !== '9000') return none(`the card refuses to give its UID (status ${status})`);
  const uid = answer.slice(0, -2);
  if (!UID_LENGTHS.includes(uid.length)) {
    return none(`a UID of ${uid.length} bytes: ISO 14443 has ${UID_LENGTHS.join(', ')}`);
  }
  return { kind: 'uid', uid };
}

function none(why: string): UidAnswer {
  return { kind: 'none', why };
}
