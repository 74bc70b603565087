/**
 * Applications that hold a number for as long as it is good, and that no validator asks for: the policy, a loyalty
 * membership, electronic services. Whoever reads one for a person shows its number masked.
 */
import { bytesOfHex, hexOfBytes } from '../hex.ts';
import { dateOfDay, dayOfDate, type ServiceDate } from '../time.ts';
import { MAX_ANSWER_DATA_BYTES, SW, statusText } from './apdu.ts';
import { type Dialogue, openTemplate, type Unread, unread } from './dialogue.ts';
import { RESIDENT_AIDS } from './resident.ts';
import { find } from './tlv.ts';

export const NUMBERED = ['policy', 'loyalty', 'services'] as const;
export type Numbered = (typeof NUMBERED)[number];

export interface NumberedApplication {
  /** 4-20 digits. */
  readonly number: string;
  readonly expiry?: ServiceDate | undefined;
  readonly blocked: boolean;
}

export const NUMBERED_TAGS = { number: 0xc2, expiry: 0xc3 } as const;

export type NumberedReading =
  | ({ readonly kind: 'numbered' } & Omit<NumberedApplication, 'blocked'>)
  | { readonly kind: 'blocked' }
  | { readonly kind: 'not-found' }
  | Unread;

export function* readNumbered(application: Numbered): Dialogue<NumberedReading> {
  const data = bytesOfHex(RESIDENT_AIDS[application]);
  const response = yield { cla: 0x00, ins: 0xa4, p1: 0x04, p2: 0x00, data, le: MAX_ANSWER_DATA_BYTES };
  if (response.status === SW.notFound) return { kind: 'not-found' };
  if (response.status === SW.blocked) return { kind: 'blocked' };
  if (response.status !== SW.done) return unread(`the card refuses it (${statusText(response.status)})`);
  const opened = openTemplate(`SELECT ${application}`, response, 0x6f);
  if (opened.kind === 'unread') return opened;
  const number = find(opened.elements, 0xa5, NUMBERED_TAGS.number)?.value;
  const digits = number === undefined ? '' : hexOfBytes(number).replace(/f$/, '');
  if (!/^\d{4,20}$/.test(digits)) return unread('it holds no number');
  const expiry = find(opened.elements, 0xa5, NUMBERED_TAGS.expiry)?.value;
  if (expiry === undefined) return { kind: 'numbered', number: digits };
  if (expiry.length !== 2) return unread('its last day is written in another form');
  return { kind: 'numbered', number: digits, expiry: dateOfDay(((expiry[0] ?? 0) << 8) | (expiry[1] ?? 0)) };
}

/** Days since 1970-01-01 in two bytes: to the year 2149. */
export function expiryBytes(date: ServiceDate): Uint8Array {
  const day = dayOfDate(date);
  return Uint8Array.of(day >>> 8, day & 0xff);
}
