/**
 * BER-TLV as chips speak it (EMV Book 3, Annex B): tags of one to three bytes, definite lengths, templates within
 * templates. Any bytes are either elements or malformed by name.
 */
import { assert } from '../error.ts';

export interface Element {
  /** Its bytes as one number: 0x4f, 0x9f38. */
  readonly tag: number;
  readonly value: Uint8Array;
  /** What a constructed element holds. */
  readonly elements?: readonly Element[];
}

export type TlvReading = { readonly kind: 'elements'; readonly elements: readonly Element[] } | Malformed;

interface Malformed {
  readonly kind: 'malformed';
  readonly fault: TlvFault;
  /** The byte at which it was found. */
  readonly at: number;
}

export const TLV_FAULTS = {
  'tag-cut': 'a tag without its end',
  'tag-too-long': 'a tag of more than three bytes',
  'length-missing': 'no length',
  'length-indefinite': 'a length that is not definite',
  'length-too-long': 'a length of more than two bytes',
  'value-cut': 'a value that ends early',
  'too-deep': 'templates nested too deep',
  'too-large': 'more bytes than there may be',
} as const;
export type TlvFault = keyof typeof TLV_FAULTS;

/** Four answers' worth: what is read in one piece comes from one answer. */
export const MAX_TLV_BYTES = 1024;
/** A directory nests four deep. */
export const MAX_TLV_DEPTH = 8;

export function readTlv(bytes: Uint8Array): TlvReading {
  if (bytes.length > MAX_TLV_BYTES) return { kind: 'malformed', fault: 'too-large', at: MAX_TLV_BYTES };
  return readElements(bytes, 0, bytes.length, 0);
}

function readElements(bytes: Uint8Array, start: number, end: number, depth: number): TlvReading {
  if (depth > MAX_TLV_DEPTH) return malformed('too-deep', start);
  const elements: Element[] = [];
  let at = start;
  while (at < end) {
    // Zeros before, between and after elements mean nothing.
    if (bytes[at] === 0) {
      at++;
      continue;
    }
    const head = readHead(bytes, at, end);
    if (head.kind === 'malformed') return head;
    const { tag, from, to } = head;
    const value = bytes.subarray(from, to);
    if (isConstructed(tag)) {
      const inner = readElements(bytes, from, to, depth + 1);
      if (inner.kind === 'malformed') return inner;
      elements.push({ tag, value, elements: inner.elements });
    } else elements.push({ tag, value });
    at = to;
  }
  return { kind: 'elements', elements };
}

interface Head {
  readonly kind: 'head';
  readonly tag: number;
  /** Where the value begins and ends. */
  readonly from: number;
  readonly to: number;
}

function readHead(bytes: Uint8Array, start: number, end: number): Head | Malformed {
  const read = readTag(bytes, start, end);
  if (read.kind === 'malformed') return read;
  const { tag } = read;
  let at = read.next;
  if (at >= end) return malformed('length-missing', at);
  const first = bytes[at++] ?? 0;
  if (first === 0x80) return malformed('length-indefinite', at - 1);
  if (first > 0x82) return malformed('length-too-long', at - 1);
  let length = first;
  if (first > 0x80) {
    length = 0;
    for (let left = first & 0x7f; left > 0; left--) {
      if (at >= end) return malformed('length-missing', at);
      length = (length << 8) | (bytes[at++] ?? 0);
    }
  }
  if (length > end - at) return malformed('value-cut', at);
  return { kind: 'head', tag, from: at, to: at + length };
}

export type TagReading = { readonly kind: 'tag'; readonly tag: number; readonly next: number } | Malformed;

/** The tag that begins at `start`, and what follows it before `end`. */
export function readTag(bytes: Uint8Array, start: number, end: number): TagReading {
  let at = start;
  let tag = bytes[at++] ?? 0;
  if ((tag & 0x1f) !== 0x1f) return { kind: 'tag', tag, next: at };
  for (;;) {
    if (at >= end) return malformed('tag-cut', start);
    if (at - start === 3) return malformed('tag-too-long', start);
    const byte = bytes[at++] ?? 0;
    tag = (tag << 8) | byte;
    if ((byte & 0x80) === 0) return { kind: 'tag', tag, next: at };
  }
}

function malformed(fault: TlvFault, at: number): Malformed {
  return { kind: 'malformed', fault, at };
}

/** Bit 6 of the first byte. */
function isConstructed(tag: number): boolean {
  const first = tag > 0xffff ? tag >>> 16 : tag > 0xff ? tag >>> 8 : tag;
  return (first & 0x20) !== 0;
}

/** The first element down this path of tags. */
export function find(elements: readonly Element[], ...path: readonly number[]): Element | undefined {
  const [tag, ...rest] = path;
  const found = elements.find(element => element.tag === tag);
  return rest.length === 0 || found === undefined ? found : find(found.elements ?? [], ...rest);
}

/** One element's bytes; the elements inside a template are written before it. */
export function writeTlv(tag: number, ...parts: readonly Uint8Array[]): Uint8Array {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  assert(length <= MAX_TLV_BYTES, `an element holds at most ${MAX_TLV_BYTES} bytes, not ${length}`);
  const head = [...bytesOfTag(tag), ...bytesOfLength(length)];
  const out = new Uint8Array(head.length + length);
  out.set(head);
  let at = head.length;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

function bytesOfTag(tag: number): number[] {
  if (tag > 0xffff) return [tag >>> 16, (tag >>> 8) & 0xff, tag & 0xff];
  return tag > 0xff ? [tag >>> 8, tag & 0xff] : [tag];
}

/** The shortest form. */
function bytesOfLength(length: number): number[] {
  if (length < 0x80) return [length];
  return length < 0x100 ? [0x81, length] : [0x82, length >>> 8, length & 0xff];
}

/** `9F38`, as people write a tag. */
export function tagText(tag: number): string {
  return tag.toString(16).toUpperCase();
}
