/** A person's name in the PDF417 of a policy: three parts with bars between them, in characters of six bits. */

export const NAME_PARTS = ['family', 'given', 'patronymic'] as const;
export type NamePart = (typeof NAME_PARTS)[number];

/** Russian capitals; a part may be empty. */
export type PersonName = Readonly<Record<NamePart, string>>;

export interface NameLayout {
  readonly parts: readonly [NamePart, NamePart, NamePart];
  /** Room for four characters in three bytes; what is left over is filled with spaces. */
  readonly bytes: number;
  /** Which bits of a byte the characters fill first. */
  readonly first: 'lowest' | 'highest';
}

/** Codes 47 to 62 are nobody's, and 63 is the bar. */
export const ALPHABET = " .-'0123456789АБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЬЪЫЭЮЯ";
const BAR = '|';
const BAR_CODE = 63;

/** What of it cannot be written so; undefined where all of it can. */
export function beyondName(name: PersonName, { parts, bytes }: NameLayout): string | undefined {
  const text = textOf(name, parts);
  if (Array.from(parts.map(part => name[part]).join('')).some(letter => !ALPHABET.includes(letter)))
    return 'a name in other characters than Russian capitals, digits and signs';
  // What fills the room would be taken for a part of it, and the other way round.
  if (text.endsWith(' ')) return 'a name that ends with a space';
  const room = roomIn(bytes);
  return text.length > room ? `a name of ${text.length} characters, where ${room} have room` : undefined;
}

export function nameBytes(name: PersonName, { parts, bytes, first }: NameLayout): Uint8Array {
  const text = textOf(name, parts).padEnd(roomIn(bytes));
  const codes = Array.from(text, letter => (letter === BAR ? BAR_CODE : ALPHABET.indexOf(letter)));
  return first === 'highest' ? packed(codes) : packed(codes.reverse()).reverse();
}

/** Undefined for characters that there are not, and for more or fewer parts than three. */
export function readName(bytes: Uint8Array, { parts, first }: NameLayout): PersonName | undefined {
  const codes = first === 'highest' ? unpacked(bytes) : unpacked(bytes.slice().reverse()).reverse();
  const letters = codes.map(code => (code === BAR_CODE ? BAR : ALPHABET[code]));
  if (letters.includes(undefined)) return undefined;
  const read = letters.join('').trimEnd().split(BAR);
  if (read.length !== parts.length) return undefined;
  const part = (name: NamePart) => read[parts.indexOf(name)] ?? '';
  return { family: part('family'), given: part('given'), patronymic: part('patronymic') };
}

function textOf(name: PersonName, parts: NameLayout['parts']): string {
  return parts.map(part => name[part]).join(BAR);
}

function roomIn(bytes: number): number {
  return (bytes * 4) / 3;
}

/** Four codes in three bytes, the first in the highest bits. */
function packed(codes: readonly number[]): Uint8Array {
  const bytes = new Uint8Array((codes.length * 3) / 4);
  codes.forEach((code, index) => {
    const at = Math.floor((index * 6) / 8);
    const pair = code << (10 - ((index * 6) % 8));
    bytes[at] = (bytes[at] ?? 0) | (pair >>> 8);
    if ((pair & 0xff) !== 0) bytes[at + 1] = (bytes[at + 1] ?? 0) | (pair & 0xff);
  });
  return bytes;
}

function unpacked(bytes: Uint8Array): number[] {
  return Array.from({ length: roomIn(bytes.length) }, (_, index) => {
    const at = Math.floor((index * 6) / 8);
    const pair = ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
    return (pair >>> (10 - ((index * 6) % 8))) & 0x3f;
  });
}
