/**
 * The card's own directory of contactless applications (EMV Book B, 3.3.2): `2PAY.SYS.DDF01` -> 6F / A5 / BF0C / 61*,
 * an entry each.
 */
import { bytesOfHex, hexOfBytes } from '../hex.ts';
import { known } from '../known.ts';
import { printableAscii } from './ascii.ts';
import { type Dialogue, type Unread, unread } from './dialogue.ts';
import { AID_BYTES, select } from './select.ts';
import { type Element, find } from './tlv.ts';

export interface DirectoryEntry {
  /** The application's identifier, in lower-case hex. */
  readonly aid: string;
  /** As a person may read it. */
  readonly label?: string;
  /** 1 comes first; absent comes last. */
  readonly priority?: number;
  /** Which kernel it asks for, in hex. */
  readonly kernel?: string;
}

export type Directory =
  /** As they stand on the card. */
  | { readonly kind: 'directory'; readonly entries: readonly DirectoryEntry[] }
  | { readonly kind: 'no-directory' }
  | Unread;

/** `2PAY.SYS.DDF01`. */
export const PPSE_NAME = bytesOfHex('325041592e5359532e4444463031');

export function* readDirectory(): Dialogue<Directory> {
  const selected = yield* select(PPSE_NAME, 'PPSE');
  if (selected.kind === 'not-found') return { kind: 'no-directory' };
  if (selected.kind === 'unread') return selected;
  const issuerData = find(selected.elements, 0xa5, 0xbf0c);
  if (issuerData?.elements === undefined) return unread('the directory of the card holds no list');
  const entries = issuerData.elements.filter(({ tag }) => tag === 0x61).flatMap(entryOf);
  return { kind: 'directory', entries };
}

/** An entry that names no application is passed over, as EMV wants it. */
function entryOf({ elements = [] }: Element): DirectoryEntry[] {
  const aid = find(elements, 0x4f)?.value;
  if (aid === undefined || aid.length < AID_BYTES.least || aid.length > AID_BYTES.most) return [];
  const label = find(elements, 0x50)?.value;
  // The high bit asks for a confirmation by the holder, which no contactless card gets.
  const priority = (find(elements, 0x87)?.value[0] ?? 0) & 0x0f;
  const kernel = find(elements, 0x9f2a)?.value;
  return [
    known({
      aid: hexOfBytes(aid),
      label: label && printableAscii(label),
      priority: priority === 0 ? undefined : priority,
      kernel: kernel && hexOfBytes(kernel),
    }),
  ];
}
