/** An entitlement in bytes (RECORDS.md 4). */
import type { Entitlement, HeldPass, QuotaUsed } from '../../core/entitlement.ts';
import { branded, count, integer, listOf, text } from '../codec.ts';
import { token } from '../record/fields.ts';
import { optional, required, struct } from '../struct.ts';
import { tokenKeyBytes } from './key.ts';

const quotaUsed = struct<QuotaUsed>({
  month: required(1, count),
  used: required(2, count),
});

const heldPass = struct<HeldPass>({
  pass: required(1, text),
  from: optional(2, branded(count)),
  to: optional(3, branded(count)),
});

export const entitlement = struct<Entitlement>({
  token: required(1, token),
  mediumClass: required(2, text),
  category: required(3, text),
  categoryExpiry: optional(4, branded(count)),
  quotaUsed: optional(5, quotaUsed),
  asOf: required(6, branded(integer)),
  passes: optional(7, listOf(heldPass, 16)),
  purseMinor: optional(8, branded(integer)),
  paidOn: optional(9, branded(count)),
});

export function entitlementKey({ token }: Entitlement): Uint8Array {
  return tokenKeyBytes(token);
}
