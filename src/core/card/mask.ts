/** Numbers as people may see them: enough to tell one card from another, too little to use it. */

/** At least so many digits stay hidden, however short the number is. */
const HIDDEN_AT_LEAST = 6;

/** `2200 70•• •••• 1234`: the issuer's six digits, and the last four. */
export function maskedNumber(digits: string): string {
  const shown = Math.max(0, Math.min(4, digits.length - 6 - HIDDEN_AT_LEAST));
  const hidden = '•'.repeat(Math.max(0, digits.length - 6 - shown));
  return inFours(digits.slice(0, 6) + hidden + digits.slice(digits.length - shown));
}

/** `•••• •••• •••• 0013`: of a policy or a membership the last four digits, and never more than a quarter. */
export function maskedMembership(digits: string): string {
  const shown = Math.min(4, Math.floor(digits.length / 4));
  return inFours('•'.repeat(digits.length - shown) + digits.slice(digits.length - shown));
}

/** `•••• •••• •••• F6`: the last byte. */
export function maskedUid(hex: string): string {
  return inFours('•'.repeat(hex.length - 2) + hex.slice(-2).toUpperCase());
}

/** `Ш•••`: how long a name is would tell, too. */
export function maskedName(name: string): string {
  return name === '' ? '' : `${name.slice(0, 1)}•••`;
}

function inFours(text: string): string {
  return text.replace(/.{4}(?=.)/g, '$& ');
}
