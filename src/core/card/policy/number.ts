/** The number of a policy of compulsory medical insurance (ENP): 16 digits, the last checks the others (DEVICES.md 3). */

export function isPolicyNumber(number: string): boolean {
  return /^\d{16}$/.test(number) && checkDigit(number.slice(0, 15)) === Number(number[15]);
}

/** Luhn's (ISO/IEC 7812-1, annex B): every second digit counts twice, from the last before the check digit. */
function checkDigit(digits: string): number {
  let sum = 0;
  for (let at = digits.length - 1, twice = true; at >= 0; at--, twice = !twice) {
    const digit = Number(digits[at]) * (twice ? 2 : 1);
    sum += digit > 9 ? digit - 9 : digit;
  }
  return (10 - (sum % 10)) % 10;
}
