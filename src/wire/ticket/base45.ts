/** Base45 (RFC 9285): bytes in the 45 characters that a QR code packs tightest and every scanner types unharmed. */
import { Malformed } from '../malformed.ts';

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:';
const VALUES = new Map([...ALPHABET].map((character, value) => [character, value]));

/** Two bytes are three characters, a last byte alone two; the lowest digit comes first. */
export function base45(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 2) {
    const alone = at + 1 === bytes.length;
    let rest = alone ? (bytes[at] ?? 0) : (bytes[at] ?? 0) * 256 + (bytes[at + 1] ?? 0);
    for (let digits = alone ? 2 : 3; digits > 0; digits--) {
      text += ALPHABET[rest % 45];
      rest = Math.floor(rest / 45);
    }
  }
  return text;
}

/** Throws `Malformed` with the place of what is no Base45. */
export function bytesOfBase45(text: string): Uint8Array {
  if (text.length % 3 === 1) throw new Malformed('Base45 that ends inside a byte');
  const bytes = new Uint8Array(Math.floor(text.length / 3) * 2 + (text.length % 3 === 2 ? 1 : 0));
  for (let at = 0, to = 0; at < text.length; at += 3) {
    const digits = text.slice(at, at + 3);
    const value = numberOf(digits, at);
    const alone = digits.length === 2;
    if (value > (alone ? 0xff : 0xffff)) throw new Malformed('digits beyond a byte', `character ${at + 1}`);
    if (!alone) bytes[to++] = value >>> 8;
    bytes[to++] = value;
  }
  return bytes;
}

function numberOf(digits: string, at: number): number {
  let value = 0;
  for (let index = digits.length - 1; index >= 0; index--) {
    const digit = VALUES.get(digits.charAt(index));
    if (digit === undefined) throw new Malformed('no Base45', `character ${at + index + 1}`);
    value = value * 45 + digit;
  }
  return value;
}
