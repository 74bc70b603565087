/** SELECT by name (ISO 7816-4, 7.1.1): which application is spoken to from now on. */
import { MAX_ANSWER_DATA_BYTES, SW } from './apdu.ts';
import { type Dialogue, openTemplate, type Unread } from './dialogue.ts';
import type { Element } from './tlv.ts';

export type Selected =
  /** What its file control information (6F) says. */
  | { readonly kind: 'selected'; readonly elements: readonly Element[] }
  | { readonly kind: 'not-found' }
  | Unread;

/** An application identifier has 5 to 16 bytes. */
export const AID_BYTES = { least: 5, most: 16 } as const;

/** `what` names the application in what is said of a refusal. */
export function* select(name: Uint8Array, what: string): Dialogue<Selected> {
  const response = yield { cla: 0x00, ins: 0xa4, p1: 0x04, p2: 0x00, data: name, le: MAX_ANSWER_DATA_BYTES };
  if (response.status === SW.notFound) return { kind: 'not-found' };
  const opened = openTemplate(`SELECT ${what}`, response, 0x6f);
  return opened.kind === 'unread' ? opened : { kind: 'selected', elements: opened.elements };
}
