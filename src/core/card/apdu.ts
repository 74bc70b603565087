/**
 * Commands and answers in their short form (ISO 7816-4, 5.1): what a validator and a chip say to each other, byte for
 * byte. Longer forms are not spoken here.
 */
import { assert } from '../error.ts';

export interface Command {
  /** Class, instruction and parameters: a byte each. */
  readonly cla: number;
  readonly ins: number;
  readonly p1: number;
  readonly p2: number;
  /** At most 255 bytes; absent: none. */
  readonly data?: Uint8Array;
  /** The longest answer that is wanted, 1-256 bytes; absent: none. */
  readonly le?: number;
}

export interface Response {
  /** SW1 and SW2 as one number: 0x9000. */
  readonly status: number;
  /** At most 256 bytes. */
  readonly data: Uint8Array;
}

/** What is no command: how long it is, or what its length bytes claim. */
export type CommandReading =
  | { readonly kind: 'command'; readonly command: Command }
  | { readonly kind: 'malformed'; readonly what: string };

const HEADER_BYTES = 4;
export const MAX_DATA_BYTES = 255;
export const MAX_ANSWER_DATA_BYTES = 256;
/** Data and status. */
export const MAX_RESPONSE_BYTES = MAX_ANSWER_DATA_BYTES + 2;

export function commandBytes({ cla, ins, p1, p2, data, le }: Command): Uint8Array {
  const length = data?.length ?? 0;
  assert(length <= MAX_DATA_BYTES, `a short command carries at most 255 bytes, not ${length}`);
  assert(le === undefined || (le >= 1 && le <= MAX_ANSWER_DATA_BYTES), `a length of 1-256, not ${le}`);
  const tail = le === undefined ? [] : [le & 0xff];
  if (data === undefined || length === 0) return Uint8Array.of(cla, ins, p1, p2, ...tail);
  return Uint8Array.of(cla, ins, p1, p2, length, ...data, ...tail);
}

/** The four cases of ISO 7816-4, 5.1: neither data nor answer, one of them, or both. */
export function readCommand(bytes: Uint8Array): CommandReading {
  const [cla, ins, p1, p2, length] = bytes;
  if (cla === undefined || ins === undefined || p1 === undefined || p2 === undefined) {
    return { kind: 'malformed', what: `${bytes.length} bytes, where a header has ${HEADER_BYTES}` };
  }
  const header = { cla, ins, p1, p2 };
  if (length === undefined) return { kind: 'command', command: header };
  if (bytes.length === HEADER_BYTES + 1)
    return { kind: 'command', command: { ...header, le: wanted(length) } };
  const start = HEADER_BYTES + 1;
  const end = start + length;
  // A length of 00 before more bytes begins an extended command.
  if (length === 0 || bytes.length < end || bytes.length > end + 1) {
    return { kind: 'malformed', what: `${bytes.length - start} bytes after a length of ${length}` };
  }
  const data = bytes.slice(start, end);
  const le = bytes[end];
  return {
    kind: 'command',
    command: le === undefined ? { ...header, data } : { ...header, data, le: wanted(le) },
  };
}

/** 00 asks for as much as there is. */
function wanted(le: number): number {
  return le === 0 ? MAX_ANSWER_DATA_BYTES : le;
}

/** Undefined for what is no answer: shorter than a status, or longer than a short answer. */
export function readResponse(bytes: Uint8Array): Response | undefined {
  const [sw1, sw2] = bytes.subarray(-2);
  if (sw1 === undefined || sw2 === undefined || bytes.length > MAX_RESPONSE_BYTES) return undefined;
  return { status: (sw1 << 8) | sw2, data: bytes.slice(0, -2) };
}

export function responseBytes({ status, data }: Response): Uint8Array {
  assert(data.length <= MAX_ANSWER_DATA_BYTES, `a short answer has at most 256 bytes, not ${data.length}`);
  return Uint8Array.of(...data, status >>> 8, status & 0xff);
}

/** The status words that are asked for by name. */
export const SW = {
  done: 0x9000,
  wrongLength: 0x6700,
  blocked: 0x6283,
  notVerified: 0x6300,
  notAuthenticated: 0x6982,
  conditionsNotMet: 0x6985,
  wrongCode: 0x6988,
  wrongData: 0x6a80,
  notFound: 0x6a82,
  noRecord: 0x6a83,
  wrongParameters: 0x6a86,
  noInstruction: 0x6d00,
  noClass: 0x6e00,
} as const;

/** ISO 7816-4, 5.1.3, and what EMV makes of them. */
const STATUS_WORDS: ReadonlyMap<number, string> = new Map([
  [SW.done, 'done'],
  [SW.blocked, 'the application is blocked'],
  [SW.notVerified, 'not verified'],
  [0x6400, 'not executed'],
  [0x6581, 'a fault of its memory'],
  [SW.wrongLength, 'a wrong length'],
  [0x6881, 'no such channel'],
  [0x6882, 'no secure messaging'],
  [SW.notAuthenticated, 'not allowed before authentication'],
  [0x6983, 'authentication is blocked'],
  [0x6984, 'the data are invalidated'],
  [SW.conditionsNotMet, 'the conditions of use are not met'],
  [0x6986, 'not allowed: the phone may ask its holder first'],
  [SW.wrongCode, 'a wrong code'],
  [SW.wrongData, 'wrong data'],
  [0x6a81, 'not supported, or the card is blocked'],
  [SW.notFound, 'not found'],
  [SW.noRecord, 'no such record'],
  [0x6a84, 'no room'],
  [SW.wrongParameters, 'wrong parameters'],
  [0x6a88, 'no such data'],
  [SW.noInstruction, 'no such instruction'],
  [SW.noClass, 'no such class'],
  [0x6f00, 'no diagnosis'],
]);

/** `6A82, not found`; a status that has no name here is its number. */
export function statusText(status: number): string {
  const digits = status.toString(16).padStart(4, '0').toUpperCase();
  const words = STATUS_WORDS.get(status);
  return words === undefined ? digits : `${digits}, ${words}`;
}
