/** The application file locator (94): which records of which files are to be read (EMV Book 3, 10.2). */
import { type Unread, unread } from './dialogue.ts';

export interface RecordPlace {
  /** Short file identifier, 1-30. */
  readonly file: number;
  /** Counts from 1. */
  readonly record: number;
}

export type Locator = { readonly kind: 'places'; readonly places: readonly RecordPlace[] } | Unread;

/** A card has one to five; each costs the rider some ten milliseconds. */
export const MAX_RECORDS = 16;

const ENTRY_BYTES = 4;

/** Four bytes an entry: file, first record, last record, and how many of them are signed. */
export function readLocator(bytes: Uint8Array): Locator {
  if (bytes.length % ENTRY_BYTES !== 0) return unread(`a file locator of ${bytes.length} bytes`);
  const places: RecordPlace[] = [];
  for (let at = 0; at < bytes.length; at += ENTRY_BYTES) {
    const [head = 0, first = 0, last = 0] = bytes.subarray(at, at + ENTRY_BYTES);
    const file = head >>> 3;
    if (file < 1 || file > 30 || (head & 0x07) !== 0 || first < 1 || last < first) {
      return unread(`a file locator that lists records ${first} to ${last} of file ${file}`);
    }
    if (places.length + last - first >= MAX_RECORDS) {
      return unread(`a file locator of more than ${MAX_RECORDS} records`);
    }
    for (let record = first; record <= last; record++) places.push({ file, record });
  }
  return { kind: 'places', places };
}
