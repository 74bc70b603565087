/** What a token may use, as the back office knew it at `asOf` (RECORDS.md 4). */
import type { MinorUnits } from './money.ts';
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
  readonly passes?: readonly HeldPass[];
  /** The purse's balance as the back office last knew it, in minor units: a hint, for other vehicles ride too. */
  readonly purseMinor?: MinorUnits;
  /** Of a bank card: the day on which a payment of it was last taken. */
  readonly paidOn?: ServiceDate;
  readonly asOf: EpochMs;
}

/** A pass of the tariff, by its id. */
export interface HeldPass {
  readonly pass: string;
  /** Absent: from its first use. */
  readonly from?: ServiceDate;
  /** The last charging day. Absent: as long as the pass's own period. */
  readonly to?: ServiceDate;
}

/** Rides of the quota used in one month, which is yyyymm: 202603. */
export interface QuotaUsed {
  readonly month: number;
  readonly used: number;
}

/** Has the proof of that very category run out? It is good through its last day. */
export function isProofExpired(
  terms: Pick<EntitlementTerms, 'category' | 'categoryExpiry'> | undefined,
  category: string,
  date: ServiceDate,
): boolean {
  return terms?.category === category && terms.categoryExpiry !== undefined && date > terms.categoryExpiry;
}
