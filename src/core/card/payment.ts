/**
 * What a payment application says offline: SELECT, GET PROCESSING OPTIONS, then the records that its file locator
 * lists (EMV Book 3, 10.1 and 10.2). Nothing of it is checked against a scheme's keys: they are licensed.
 */
import { bytesOfHex } from '../hex.ts';
import { MAX_ANSWER_DATA_BYTES } from './apdu.ts';
import { type Dialogue, type Opened, openAnswer, openTemplate, type Unread, unread } from './dialogue.ts';
import { type RecordPlace, readLocator } from './locator.ts';
import { select } from './select.ts';
import { answerDol, type Terminal, terminalData } from './terminal.ts';
import { type Element, find, tagText, writeTlv } from './tlv.ts';

/** By tag: all that the application said, and its own name as 84. */
export type CardData = ReadonlyMap<number, Uint8Array>;

export type PaymentReading = { readonly kind: 'data'; readonly data: CardData } | Unread;

const NOTHING = new Uint8Array(0);

/** `aid` as the directory names it: lower-case hex. */
export function* readPayment(aid: string, terminal: Terminal): Dialogue<PaymentReading> {
  const name = bytesOfHex(aid);
  const selected = yield* select(name, 'payment application');
  if (selected.kind === 'not-found') return unread('the card does not have the application it shows');
  if (selected.kind === 'unread') return selected;
  const options = yield* getOptions(find(selected.elements, 0xa5, 0x9f38)?.value ?? NOTHING, terminal);
  if (options.kind === 'unread') return options;
  const records = yield* readRecords(find(options.elements, 0x94)?.value ?? NOTHING);
  if (records.kind === 'unread') return records;
  return collect([{ tag: 0x84, value: name }, ...options.elements, ...records.elements]);
}

function* getOptions(dol: Uint8Array, terminal: Terminal): Dialogue<Opened | Unread> {
  const asked = answerDol(dol, terminalData(terminal));
  if (asked.kind === 'unread') return asked;
  const data = writeTlv(0x83, asked.bytes);
  const response = yield { cla: 0x80, ins: 0xa8, p1: 0, p2: 0, data, le: MAX_ANSWER_DATA_BYTES };
  const answer = openAnswer('GET PROCESSING OPTIONS', response);
  if (answer.kind === 'unread') return answer;
  const { tag, value, elements } = answer.element;
  if (tag === 0x77 && elements !== undefined) return { kind: 'opened', elements };
  if (tag !== 0x80 || value.length < 2) {
    return unread(`the card answers GET PROCESSING OPTIONS with ${tagText(tag)} instead of 77 or 80`);
  }
  // Without tags: the interchange profile, then the file locator.
  const [profile, locator] = [value.subarray(0, 2), value.subarray(2)];
  return {
    kind: 'opened',
    elements: [
      { tag: 0x82, value: profile },
      { tag: 0x94, value: locator },
    ],
  };
}

function* readRecords(locator: Uint8Array): Dialogue<Opened | Unread> {
  const listed = readLocator(locator);
  if (listed.kind === 'unread') return listed;
  const elements: Element[] = [];
  for (const place of listed.places) {
    const opened = openTemplate('READ RECORD', yield readRecord(place), 0x70);
    if (opened.kind === 'unread') return opened;
    elements.push(...opened.elements);
  }
  return { kind: 'opened', elements };
}

function readRecord({ file, record }: RecordPlace) {
  return { cla: 0x00, ins: 0xb2, p1: record, p2: (file << 3) | 0x04, le: MAX_ANSWER_DATA_BYTES };
}

/** Of two that say different things nobody knows which is meant (EMV Book 3, 10.2). */
function collect(elements: readonly Element[]): PaymentReading {
  const data = new Map<number, Uint8Array>();
  for (const { tag, value } of elements) {
    if (data.has(tag)) return unread(`the card says ${tagText(tag)} twice`);
    data.set(tag, value);
  }
  return { kind: 'data', data };
}
