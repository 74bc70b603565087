/**
 * A number made of a text, the same on every machine: FNV-1a with 32 bits, over both bytes of each UTF-16 unit, since
 * names are written in any alphabet. Not for secrets. It stands on cards, so it stays as it is.
 */
export function fnv1a(text: string): number {
  let hash = 0x811c_9dc5;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    hash = Math.imul(hash ^ (code & 0xff), 0x0100_0193);
    hash = Math.imul(hash ^ (code >>> 8), 0x0100_0193);
  }
  return hash >>> 0;
}
