/**
 * A number made of a text, the same on every machine: FNV-1a with 32 bits, over both bytes of each UTF-16 unit, since
 * names are written in any alphabet. Not for secrets. It stands on cards, so it stays as it is.
 */
export function fnv1a(text: string): number {
  let hash = FNV_OF_NOTHING;
  for (let at = 0; at < text.length; at++) hash = withUnit(hash, text.charCodeAt(at));
  return hash >>> 0;
}

/** Of a text without anything. */
export const FNV_OF_NOTHING = 0x811c_9dc5;

/** With one UTF-16 unit more. Signed: `>>> 0` makes it the text's number. */
export function withUnit(hash: number, unit: number): number {
  const low = Math.imul(hash ^ (unit & 0xff), PRIME);
  return Math.imul(low ^ (unit >>> 8), PRIME);
}

const PRIME = 0x0100_0193;
