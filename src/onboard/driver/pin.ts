/** Drivers by pseudonym, and their PINs by keyed hash: neither is ever written down as it is typed. */
import { timingSafeEqual } from 'node:crypto';
import type { TokenKey, TokenKeys } from '../../core/card/identity.ts';
import type { Crypto } from '../../core/crypto.ts';
import { hexOfBytes } from '../../core/hex.ts';

/** A driver as the drivers file has them. */
export interface Driver {
  /** The pseudonym that stands on records: 8 bytes in hex. */
  readonly driverId: string;
  /** Of the token key that it and the hash were made with. */
  readonly keyId: number;
  /** HMAC-SHA-256 in hex. */
  readonly pin: string;
}

/** Say what is hashed, so that no other use of the key can ever give the same bytes. */
const ID_DOMAIN = 'tura driver v1';
const PIN_DOMAIN = 'tura pin v1';

const ID_BYTES = 8;

export function driverOf(number: string, pin: string, key: TokenKey, crypto: Crypto): Driver {
  const driverId = driverIdOf(number, key, crypto);
  return {
    driverId,
    keyId: key.keyId,
    pin: hexOfBytes(keyed(PIN_DOMAIN, `${driverId}\0${pin}`, key, crypto)),
  };
}

export function driverIdOf(number: string, key: TokenKey, crypto: Crypto): string {
  return hexOfBytes(keyed(ID_DOMAIN, number, key, crypto).subarray(0, ID_BYTES));
}

/** The pseudonym of whoever the number and the PIN are; undefined where they are nobody's. */
export function recognise(
  drivers: readonly Driver[],
  { number, pin }: { readonly number: string; readonly pin: string },
  keys: TokenKeys,
  crypto: Crypto,
): string | undefined {
  for (const key of keys) {
    if (key === undefined) continue;
    const claimed = driverOf(number, pin, key, crypto);
    const known = drivers.find(({ driverId, keyId }) => driverId === claimed.driverId && keyId === key.keyId);
    if (known !== undefined && isSame(known.pin, claimed.pin)) return known.driverId;
  }
  return undefined;
}

function isSame(a: string, b: string): boolean {
  return a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));
}

function keyed(domain: string, text: string, { secret }: TokenKey, crypto: Crypto): Uint8Array {
  return crypto.hmacSha256(secret, new TextEncoder().encode(`${domain}\0${text}`));
}
