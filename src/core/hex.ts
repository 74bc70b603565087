/** Bytes as lower-case hex and back, without Node's Buffer. */
const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

export function hexOfBytes(bytes: Uint8Array): string {
  let out = '';
  for (let index = 0; index < bytes.length; index++) out += HEX[bytes[index] ?? 0];
  return out;
}

/** Throws RangeError for anything but pairs of hex digits. */
export function bytesOfHex(value: string): Uint8Array {
  if (value.length % 2 === 1) throw new RangeError(`an odd number of hex digits: ${value.length}`);
  const bytes = new Uint8Array(value.length >>> 1);
  for (let index = 0; index < bytes.length; index++) {
    bytes[index] = (nibble(value.charCodeAt(index * 2)) << 4) | nibble(value.charCodeAt(index * 2 + 1));
  }
  return bytes;
}

function nibble(code: number): number {
  if (code >= 48 && code <= 57) return code - 48;
  if (code >= 97 && code <= 102) return code - 87;
  if (code >= 65 && code <= 70) return code - 55;
  throw new RangeError(`not a hex digit: ${String.fromCharCode(code)}`);
}
