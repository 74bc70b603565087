/**
 * What a payment application asks of the reader before it says anything (PDOL, EMV Book 3, 5.4). A ride's price is not
 * known yet, and the scheme's keys are nobody's here: nothing is authorised, the amounts are zero.
 */
import type { ServiceDate } from '../time.ts';
import { MAX_DATA_BYTES } from './apdu.ts';
import { type Unread, unread } from './dialogue.ts';
import { readTag, tagText } from './tlv.ts';

export interface Terminal {
  /** 4 bytes, drawn anew for every card. */
  readonly unpredictable: Uint8Array;
  /** The local date. */
  readonly date: ServiceDate;
}

export const TERMINAL_TAGS = { qualifiers: 0x9f66, date: 0x9a, unpredictable: 0x9f37 } as const;

/** Contactless EMV is spoken, and a cryptogram for a later payment is wanted. */
const QUALIFIERS = Uint8Array.of(0x20, 0x80, 0x00, 0x00);

/** What the reader has a word for; to everything else a card asks for it says zeros, as EMV wants it. */
export function terminalData({ unpredictable, date }: Terminal): ReadonlyMap<number, Uint8Array> {
  return new Map([
    [TERMINAL_TAGS.qualifiers, QUALIFIERS],
    [TERMINAL_TAGS.date, Uint8Array.of(bcd(date / 10_000), bcd(date / 100), bcd(date))],
    [TERMINAL_TAGS.unpredictable, unpredictable],
  ]);
}

/** The last two decimal digits. */
function bcd(value: number): number {
  const digits = Math.floor(value) % 100;
  return (Math.floor(digits / 10) << 4) | (digits % 10);
}

export type DolData = { readonly kind: 'data'; readonly bytes: Uint8Array } | Unread;

/** Room for the data of a command after the template's own tag and length. */
const MAX_DOL_DATA_BYTES = MAX_DATA_BYTES - 3;

/** `dol` is tags and a length each; the answer is the values alone, one after another. */
export function answerDol(dol: Uint8Array, said: ReadonlyMap<number, Uint8Array>): DolData {
  const out: number[] = [];
  for (let at = 0; at < dol.length; ) {
    const read = readTag(dol, at, dol.length);
    const length = read.kind === 'tag' ? dol[read.next] : undefined;
    if (read.kind === 'malformed' || length === undefined) {
      return unread('the card asks for data in a list that ends early');
    }
    const { tag } = read;
    at = read.next + 1;
    if (out.length + length > MAX_DOL_DATA_BYTES) {
      return unread(`the card asks for more data than ${MAX_DOL_DATA_BYTES} bytes, at ${tagText(tag)}`);
    }
    const value = said.get(tag);
    // Of another length than ours: cut, or filled up, at the right.
    for (let index = 0; index < length; index++) out.push(value?.[index] ?? 0);
  }
  return { kind: 'data', bytes: Uint8Array.from(out) };
}
