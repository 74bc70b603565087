/** Text as chips write it: a byte a character, without the encoders that core does not have. */
export function bytesOfAscii(text: string): Uint8Array {
  return Uint8Array.from(text, character => character.charCodeAt(0));
}

/** What is no printable ASCII is a question mark: a chip's text goes to terminals, where other bytes may be orders. */
export function printableAscii(bytes: Uint8Array): string {
  return Array.from(bytes, byte => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '?')).join('');
}
