/**
 * The numbers of a payment card, from what its application said. They go no further than whoever makes tokens of them
 * or seals them: nothing here puts one into words.
 */
import type { Crypto } from '../crypto.ts';
import { hexOfBytes } from '../hex.ts';
import type { Token, TokenKind } from '../tap.ts';
import { bytesOfAscii, printableAscii } from './ascii.ts';
import { type Unread, unread } from './dialogue.ts';
import { type Medium, type TokenKey, type TokenKeys, tokenOf } from './identity.ts';
import type { CardData } from './payment.ts';
import type { Scheme } from './schemes.ts';

export interface Instrument {
  /** 12-19 digits. */
  readonly pan: string;
  /** Year and month: `2812`. */
  readonly expiry: string;
  /** Which of several cards with this number, two digits; `00` where the card does not say. */
  readonly psn: string;
  /** What a card and its copies in phones have in common: 29 letters and digits. */
  readonly par?: string | undefined;
}

export type InstrumentReading = { readonly kind: 'instrument'; readonly instrument: Instrument } | Unread;

/** Track 2: the number, D, year and month, then what the issuer keeps there. */
const TRACK_2 = /^(\d{12,19})d(\d{2}(?:0[1-9]|1[0-2]))/;
const NUMBER = /^(\d{12,19})f*$/;
const EXPIRY = /^(\d{2}(?:0[1-9]|1[0-2]))\d{2}$/;
const SEQUENCE = /^\d{2}$/;
const REFERENCE = /^[0-9A-Z]{29}$/;

export function readInstrument(data: CardData): InstrumentReading {
  const [track2, number, expiryDate, sequence] = [0x57, 0x5a, 0x5f24, 0x5f34].map(tag => digitsOf(data, tag));
  const track = track2 === undefined ? undefined : TRACK_2.exec(track2);
  const plain = number === undefined ? undefined : NUMBER.exec(number);
  const date = expiryDate === undefined ? undefined : EXPIRY.exec(expiryDate);
  if (track === null || plain === null || date === null)
    return unread('a card number or expiry in another form');
  const pan = track?.[1] ?? plain?.[1];
  const expiry = date?.[1] ?? track?.[2];
  if (pan === undefined || expiry === undefined) return unread('the card gives no number, or no expiry');
  if (plain !== undefined && plain[1] !== pan) return unread('the card gives two numbers');
  if (sequence !== undefined && !SEQUENCE.test(sequence)) return unread('a sequence number in another form');
  const reference = data.get(0x9f24);
  const par = reference && printableAscii(reference);
  if (par !== undefined && !REFERENCE.test(par)) return unread('an account reference in another form');
  const psn = sequence ?? '00';
  return {
    kind: 'instrument',
    instrument: par === undefined ? { pan, expiry, psn } : { pan, expiry, psn, par },
  };
}

function digitsOf(data: CardData, tag: number): string | undefined {
  const value = data.get(tag);
  return value === undefined ? undefined : hexOfBytes(value);
}

/**
 * Who pays with it. Nothing proves that the chip is what it says, so its word is worth no more than a UID's. Under every
 * key: the instrument, which a replaced card does not inherit; the number, which outlives it; the reference, where there
 * is one.
 */
export function identifyInstrument(
  instrument: Instrument,
  scheme: Scheme,
  keys: TokenKeys,
  crypto: Crypto,
): Extract<Medium, { kind: 'identified' }> {
  const [current, previous] = keys;
  const [token, ...further] = tokensUnder(current, instrument, crypto);
  return {
    kind: 'identified',
    token,
    further: previous === undefined ? further : [...further, ...tokensUnder(previous, instrument, crypto)],
    form: 'bank',
    assurance: 'uid',
    scheme,
    bin: instrument.pan.slice(0, 8),
  };
}

function tokensUnder(
  key: TokenKey,
  { pan, expiry, psn, par }: Instrument,
  crypto: Crypto,
): readonly [Token, ...Token[]] {
  const token = (kind: TokenKind, text: string) => tokenOf(kind, bytesOfAscii(text), key, crypto);
  const own = [token('instrument', `${pan}D${expiry}${psn}`), token('pan', pan)] as const;
  return par === undefined ? own : [...own, token('par', par)];
}
