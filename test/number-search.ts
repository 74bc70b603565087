/** Looks for a card's number in whatever was written, in every way that a number gets written. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { bytesOfHex } from '../src/core/hex.ts';

/** How the number stands there, each a way that was found. None is the good news. */
export function waysIn(content: Buffer, digits: string): string[] {
  const text = content.toString('latin1');
  // Lists are broken into lines, and their entries set apart by blanks.
  const unbroken = text.replace(/\s/g, '');
  // Half a byte may come before it, and half a byte after.
  const halves = content.toString('hex');
  const ways: [way: string, isThere: boolean][] = [
    ['packed, two digits a byte', halves.includes(digits)],
    ['in groups, by whatever separates them', text.replace(/[\s:,.;_•-]/g, '').includes(digits)],
    ...ENCODINGS.map(([way, bytesOf]): [string, boolean] => [way, content.includes(bytesOf(digits))]),
    ...spellings(digits).map(([way, spelt]): [string, boolean] => [way, unbroken.includes(spelt)]),
  ];
  return ways.filter(([, isThere]) => isThere).map(([way]) => way);
}

/** Every file below `folder`, by its path from there. */
export function filesBelow(folder: string): ReadonlyMap<string, Buffer> {
  const names = readdirSync(folder, { recursive: true, withFileTypes: true });
  const files = names.filter(entry => entry.isFile()).map(entry => join(entry.parentPath, entry.name));
  return new Map(files.map(file => [file.slice(folder.length + 1), readFileSync(file)]));
}

const ENCODINGS: readonly (readonly [way: string, bytesOf: (digits: string) => Buffer])[] = [
  ['ASCII', digits => Buffer.from(digits)],
  ['ASCII, from its end', digits => Buffer.from([...digits].reverse().join(''))],
  ['UTF-16, low byte first', digits => Buffer.from(digits, 'utf16le')],
  ['UTF-16, high byte first', digits => Buffer.from(digits, 'utf16le').swap16()],
  ['a digit a byte', digits => Buffer.from([...digits].map(Number))],
];

/** Its bytes as text: of the digits themselves, and of two digits a byte. */
function spellings(digits: string): [way: string, spelt: string][] {
  const packed = Buffer.from(bytesOfHex(digits.length % 2 === 0 ? digits : `${digits}f`));
  return (
    [
      ['ASCII', Buffer.from(digits)],
      ['packed', packed],
    ] as const
  ).flatMap(([what, bytes]) => [
    [`${what} in hex`, bytes.toString('hex')],
    [`${what} in capital hex`, bytes.toString('hex').toUpperCase()],
    [`${what} as a list of numbers`, [...bytes].join(',')],
    ...[0, 1, 2].flatMap((before): [string, string][] => [
      [`${what} in base64, ${before} bytes into it`, base64Within(bytes, before)],
      [`${what} in base64url, ${before} bytes into it`, urlSafe(base64Within(bytes, before))],
    ]),
  ]);
}

/** What of the bytes' base64 does not depend on the bytes around them. */
function base64Within(bytes: Uint8Array, before: number): string {
  const text = Buffer.concat([Buffer.alloc(before), bytes]).toString('base64');
  const whole = Math.floor((before + bytes.length) / 3) * 4;
  return text.slice(before === 0 ? 0 : 4, whole);
}

function urlSafe(base64: string): string {
  return base64.replaceAll('+', '-').replaceAll('/', '_');
}
