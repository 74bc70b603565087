/** How VDV 300 writes numbers above nine and letters above ASCII. */

const HEX = '0123456789:;<=>?';

/** A digit of VDV hex, 0 to 15; undefined for any other character. */
export function vdvDigit(character: string): number | undefined {
  const value = HEX.indexOf(character);
  return character.length === 1 && value >= 0 ? value : undefined;
}

/** 7-bit ASCII has no umlauts: German took the places of characters that no destination needs. */
const LETTERS: Readonly<Record<string, string>> = {
  '{': 'ä',
  '|': 'ö',
  '}': 'ü',
  '~': 'ß',
  '[': 'Ä',
  '\\': 'Ö',
  ']': 'Ü',
};

/** What passengers read: a display's control characters are gaps, and the padding is gone. */
export function vdvText(text: string): string {
  const letters = text.replace(/[{|}~[\\\]]/g, character => LETTERS[character] ?? character);
  return letters.replace(/[\p{Cc} ]+/gu, ' ').trim();
}
