/**
 * The bytes under which a list keeps an entry. Entries stand in a bundle in ascending order of them, so that a bundle
 * of the same entries is the same bytes, and a table fills from its end.
 */
import {
  type BinRange,
  type NamedSubject,
  SUBJECT_KINDS,
  type SubjectKind,
  type TokenSubject,
} from '../../core/list/stop-entry.ts';
import { Malformed } from '../malformed.ts';

const KIND_NUMBERS = new Map(SUBJECT_KINDS.map((kind, number) => [kind, number]));

function kindNumber(kind: SubjectKind): number {
  return KIND_NUMBERS.get(kind) ?? 0;
}

/** Kind 1, keyId 4, token 16. */
export const TOKEN_KEY_BYTES = 21;

/** Writes the key of a token to the beginning of `target`, which every tap does: nothing is allocated. */
export function writeTokenKey(target: Uint8Array, { kind, keyId, value }: TokenSubject): void {
  target[0] = kindNumber(kind);
  target[1] = keyId >>> 24;
  target[2] = keyId >>> 16;
  target[3] = keyId >>> 8;
  target[4] = keyId;
  for (let at = 0; at < 16; at++) {
    target[5 + at] = (nibble(value.charCodeAt(at * 2)) << 4) | nibble(value.charCodeAt(at * 2 + 1));
  }
}

/** Of lower-case hex, which a token's value always is. */
function nibble(code: number): number {
  return code < 58 ? code - 48 : code - 87;
}

/** Throws `Malformed` for a key id that four bytes cannot hold. */
export function tokenKeyBytes(subject: TokenSubject): Uint8Array {
  if (subject.keyId > 0xffff_ffff) throw new Malformed(`the key id ${subject.keyId}`);
  const key = new Uint8Array(TOKEN_KEY_BYTES);
  writeTokenKey(key, subject);
  return key;
}

const encoder = new TextEncoder();

/** Kind 1, then both ends at eight digits. */
export function binRangeKey({ kind, from, to }: BinRange): Uint8Array {
  return withKind(kind, from.padEnd(8, '0') + to.padEnd(8, '9'));
}

/** Kind 1, the name, 00. */
export function nameKey({ kind, name }: NamedSubject): Uint8Array {
  return withKind(kind, `${name}\0`);
}

function withKind(kind: SubjectKind, rest: string): Uint8Array {
  const text = encoder.encode(rest);
  const key = new Uint8Array(1 + text.length);
  key[0] = kindNumber(kind);
  key.set(text, 1);
  return key;
}

/** From and up to which key the entries of one kind stand. */
export function kindBounds(kind: SubjectKind): [from: Uint8Array, before: Uint8Array] {
  return [Uint8Array.of(kindNumber(kind)), Uint8Array.of(kindNumber(kind) + 1)];
}

/** Beyond every key that begins with `subject`: what follows a subject is 00 or 01. */
export function beyond(subject: Uint8Array): Uint8Array {
  const key = new Uint8Array(subject.length + 1).fill(0xff);
  key.set(subject);
  return key;
}

/** As SQLite orders blobs: byte by byte, the shorter first. */
export function compareKeys(a: Uint8Array, b: Uint8Array): number {
  const shared = Math.min(a.length, b.length);
  for (let at = 0; at < shared; at++) {
    const apart = (a[at] ?? 0) - (b[at] ?? 0);
    if (apart !== 0) return apart;
  }
  return a.length - b.length;
}
