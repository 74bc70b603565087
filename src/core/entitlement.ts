/** What a token may use, as the back office knew it at `asOf` (RECORDS.md 4). */
import type { Token } from './tap.ts';
import type { EpochMs, ServiceDate } from './time.ts';

export interface Entitlement extends EntitlementTerms {
  readonly token: Token;
}

export interface EntitlementTerms {
  /** A media class of the tariff: `transport-card`, `bank-card`. */
  readonly mediumClass: string;
  /** A category of the tariff: `general`, `pupil`. */
  readonly category: string;
  /** The last service date on which the category holds. Absent: no end is known. */
  readonly categoryExpiry?: ServiceDate;
  readonly quotaUsed?: QuotaUsed;
  readonly asOf: EpochMs;
}

/** Rides of the quota used in one month, which is yyyymm: 202603. */
export interface QuotaUsed {
  readonly month: number;
  readonly used: number;
}
