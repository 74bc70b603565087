/** The heads of CBOR items (RFC 8949, 3): what reader and writer have in common. */
export const UINT = 0;
export const NEGATIVE = 1;
export const BYTES = 2;
export const TEXT = 3;
export const ARRAY = 4;
export const MAP = 5;
export const TAG = 6;
export const SIMPLE = 7;

export const TWO_32 = 0x1_0000_0000;

/** Bytes of the shortest head that carries `value`. */
export function headLength(value: number): number {
  if (value < 24) return 1;
  if (value < 0x100) return 2;
  if (value < 0x1_0000) return 3;
  return value < TWO_32 ? 5 : 9;
}
