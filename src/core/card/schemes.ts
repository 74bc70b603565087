/** Whose payment application it is, by the beginning of its identifier (DEVICES.md 2). */
export const SCHEMES = ['mir', 'visa', 'mastercard', 'unionpay', 'amex', 'jcb', 'rupay'] as const;
export type Scheme = (typeof SCHEMES)[number];

/** Registered provider and product; a card may add bytes of its own (ISO 7816-5). */
export const SCHEME_AIDS = {
  mir: ['a0000006581010', 'a0000006582010'],
  visa: ['a0000000031010'],
  mastercard: ['a0000000041010'],
  unionpay: ['a000000333010101', 'a000000333010102', 'a000000333010103'],
  amex: ['a00000002501'],
  jcb: ['a0000000651010'],
  rupay: ['a0000005241010'],
} as const satisfies Record<Scheme, readonly [string, ...string[]]>;

/** Undefined for an application that is no payment of a scheme known here. `aid` is lower-case hex. */
export function schemeOf(aid: string): Scheme | undefined {
  return SCHEMES.find(scheme => SCHEME_AIDS[scheme].some(prefix => aid.startsWith(prefix)));
}
