/**
 * Money is an integer in minor units with its ISO 4217 currency (law 1). Nothing here ever makes a float of it.
 */
import { assert } from './error.ts';
import { whole } from './whole.ts';

declare const minorUnits: unique symbol;
/** Kopecks, cents, yen: a safe integer, negative for a discount or a refund. */
export type MinorUnits = number & { readonly [minorUnits]: true };

export function minor(amount: number): MinorUnits {
  // The sentence is made only where it is told: every tap comes here.
  if (!Number.isSafeInteger(amount))
    assert(false, `an amount in minor units is a safe integer, not ${amount}`);
  return whole(amount) as MinorUnits;
}

/** ISO 4217 exponents that differ from 2. */
const EXPONENTS: Readonly<Record<string, number>> = {
  BIF: 0, CLP: 0, DJF: 0, GNF: 0, ISK: 0, JPY: 0, KMF: 0, KRW: 0, PYG: 0, RWF: 0, UGX: 0, UYI: 0, VND: 0, VUV: 0,
  XAF: 0, XOF: 0, XPF: 0, BHD: 3, IQD: 3, JOD: 3, KWD: 3, LYD: 3, OMR: 3, TND: 3, CLF: 4, UYW: 4,
}; // biome-ignore format: a table reads best as one block

/** The other codes of ISO 4217, with those that were withdrawn of late: old prices stay in what they were paid in. */
const OF_HUNDREDS =
  'AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD CDF CHE CHF ' +
  'CHW CNY COP COU CRC CUC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HRK ' +
  'HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR ' +
  'MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP ' +
  'SLE SLL SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD USN UYU UZS VED VES WST XCD XCG YER ' +
  'ZAR ZMW ZWG ZWL';

export const CURRENCIES: readonly string[] = [...OF_HUNDREDS.split(' '), ...Object.keys(EXPONENTS)];

/** Digits after the point in `currency`'s major unit. */
export function exponentOf(currency: string): number {
  return EXPONENTS[currency] ?? 2;
}

/** `8.40` RUB -> 840. Undefined when the text is no decimal amount, has more digits than the currency or is too large. */
export function parseAmount(text: string, currency: string): MinorUnits | undefined {
  const match = /^(-?)(\d{1,12})(?:\.(\d+))?$/.exec(text.trim());
  if (match === null) return undefined;
  const [, sign, major = '', fraction = ''] = match;
  const exponent = exponentOf(currency);
  const digits = fraction.replace(/0+$/, '');
  if (digits.length > exponent) return undefined;
  const magnitude = Number(major) * 10 ** exponent + Number(digits.padEnd(exponent, '0') || 0);
  if (!Number.isSafeInteger(magnitude)) return undefined;
  return minor(sign === '-' && magnitude !== 0 ? -magnitude : magnitude);
}

/** No price is higher: sums and shares of so much stay exact. */
export const MOST_MINOR = 100_000_000_000 as MinorUnits;

/** 840 RUB -> `8.40`; 300 JPY -> `300`. */
export function formatAmount(amount: MinorUnits, currency: string): string {
  const exponent = exponentOf(currency);
  const digits = String(Math.abs(amount)).padStart(exponent + 1, '0');
  const sign = amount < 0 ? '-' : '';
  if (exponent === 0) return sign + digits;
  return `${sign}${digits.slice(0, -exponent)}.${digits.slice(-exponent)}`;
}

export const ROUNDING_MODES = ['half-up', 'half-even', 'up', 'down'] as const;
export type RoundingMode = (typeof ROUNDING_MODES)[number];

/** How a tariff rounds: to the nearest `stepMinor` (5 = to five kopecks). */
export interface Rounding {
  readonly mode: RoundingMode;
  readonly stepMinor: number;
}

/**
 * The exact fraction numerator / denominator, rounded to a whole number of steps.
 * `up` and `down` are away from and towards zero, so that a discount mirrors a charge.
 */
export function roundFraction(numerator: number, denominator: number, rounding: Rounding): MinorUnits {
  assert(Number.isSafeInteger(numerator) && denominator > 0, 'rounding takes an exact fraction');
  const unit = denominator * rounding.stepMinor;
  const magnitude = Math.abs(numerator);
  const rest = magnitude % unit;
  const steps = (magnitude - rest) / unit;
  const rounded =
    (roundsAway(rounding.mode, rest * 2 - unit, rest, steps) ? steps + 1 : steps) * rounding.stepMinor;
  return minor(numerator < 0 && rounded !== 0 ? -rounded : rounded);
}

/** As `roundFraction`, for sums over denominators that no safe integer holds. */
export function roundExact(numerator: bigint, denominator: bigint, rounding: Rounding): MinorUnits {
  assert(denominator > 0n, 'rounding takes an exact fraction');
  const unit = denominator * BigInt(rounding.stepMinor);
  const magnitude = numerator < 0n ? -numerator : numerator;
  const rest = magnitude % unit;
  const steps = magnitude / unit;
  const beyondHalf = rest * 2n - unit;
  const away = roundsAway(rounding.mode, sign(beyondHalf), sign(rest), Number(steps % 2n));
  const rounded = Number(away ? steps + 1n : steps) * rounding.stepMinor;
  return minor(numerator < 0n && rounded !== 0 ? -rounded : rounded);
}

function sign(value: bigint): number {
  return value === 0n ? 0 : value < 0n ? -1 : 1;
}

function roundsAway(mode: RoundingMode, beyondHalf: number, rest: number, steps: number): boolean {
  switch (mode) {
    case 'half-up':
      return beyondHalf >= 0;
    case 'half-even':
      return beyondHalf > 0 || (beyondHalf === 0 && steps % 2 === 1);
    case 'up':
      return rest > 0;
    case 'down':
      return false;
  }
}

/** `percentHundredths` / 10,000 of `amount`: 5000 is 50 %. */
export function percentOf(amount: MinorUnits, percentHundredths: number, rounding: Rounding): MinorUnits {
  return roundFraction(amount * percentHundredths, 10_000, rounding);
}
