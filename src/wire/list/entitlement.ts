/** An entitlement in bytes. Numbers 7-19 are kept for passes and the purse hint (RECORDS.md 4). */
import type { Entitlement, QuotaUsed } from '../../core/entitlement.ts';
import { branded, count, integer, text } from '../codec.ts';
import { token } from '../record/fields.ts';
import { optional, required, struct } from '../struct.ts';
import { tokenKeyBytes } from './key.ts';

const quotaUsed = struct<QuotaUsed>({
  month: required(1, count),
  used: required(2, count),
});

export const entitlement = struct<Entitlement>({
  token: required(1, token),
  mediumClass: required(2, text),
  category: required(3, text),
  categoryExpiry: optional(4, branded(count)),
  quotaUsed: optional(5, quotaUsed),
  asOf: required(6, branded(integer)),
});

export function entitlementKey({ token }: Entitlement): Uint8Array {
  return tokenKeyBytes(token);
}
