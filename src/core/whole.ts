/**
 * The same number, where it is whole and fits into 32 bits as the machine counts fastest. What came of a division or a
 * power is a float to it, and whatever that is added to or kept in becomes one too: a box of its own for each.
 */
export function whole(value: number): number {
  const small = value | 0;
  return small === value ? small : value;
}
