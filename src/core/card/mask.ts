/** Numbers as people may see them: enough to tell one card from another, too little to use it. */

/** `2200 70•• •••• 1234`: the issuer's six digits and the last four. */
export function maskedNumber(digits: string): string {
  const hidden = digits.slice(6, -4).replace(/\d/g, '•');
  const masked = digits.slice(0, 6) + hidden + digits.slice(-4);
  return masked.replace(/.{4}(?=.)/g, '$& ');
}

/** `04•• •••• ••F6`: the first byte, which says what kind of number it is, and the last. */
export function maskedUid(hex: string): string {
  const digits = hex.toUpperCase();
  const masked = digits.slice(0, 2) + '•'.repeat(digits.length - 4) + digits.slice(-2);
  return masked.replace(/.{4}(?=.)/g, '$& ');
}
