/**
 * A conversation with a chip, as a value: a generator gives a command out and takes its answer in, until it knows what
 * it came for. Who carries the bytes, and for how long, is not its concern.
 */
import { type Command, type Response, SW, statusText } from './apdu.ts';
import { type Element, readTlv, TLV_FAULTS, tagText } from './tlv.ts';

export type Dialogue<Result> = Generator<Command, Result, Response>;

/** The chip gave nothing to work with: hold the card there again. `why` repeats no data of the card. */
export interface Unread {
  readonly kind: 'unread';
  readonly why: string;
}

export function unread(why: string): Unread {
  return { kind: 'unread', why };
}

export interface Opened {
  readonly kind: 'opened';
  readonly elements: readonly Element[];
}

/** What stands in the one template `tag` that `asked` is answered with. */
export function openTemplate(asked: string, response: Response, tag: number): Opened | Unread {
  const outer = openAnswer(asked, response);
  if (outer.kind === 'unread') return outer;
  if (outer.element.tag === tag && outer.element.elements !== undefined) {
    return { kind: 'opened', elements: outer.element.elements };
  }
  return unread(`the card answers ${asked} with ${tagText(outer.element.tag)} instead of ${tagText(tag)}`);
}

/** The one element that `asked` is answered with. */
export function openAnswer(
  asked: string,
  { status, data }: Response,
): { readonly kind: 'answer'; readonly element: Element } | Unread {
  if (status !== SW.done) return unread(`the card refuses ${asked} (${statusText(status)})`);
  const reading = readTlv(data);
  if (reading.kind === 'malformed') {
    const { fault, at } = reading;
    return unread(`the card answers ${asked} with bytes that are no TLV: ${TLV_FAULTS[fault]} at byte ${at}`);
  }
  const [element, ...more] = reading.elements;
  if (element !== undefined && more.length === 0) return { kind: 'answer', element };
  return unread(`the card answers ${asked} with ${reading.elements.length} elements instead of one`);
}
