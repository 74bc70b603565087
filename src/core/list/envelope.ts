/**
 * What every list says of itself (RECORDS.md 4). A list is whole, or a delta of operations on the version it names.
 */
import type { Realm } from '../tap.ts';
import type { EpochMs } from '../time.ts';

export const LIST_SCHEMA = 1;

/** Their order is written into bundles: new kinds go to the end. */
export const LIST_KINDS = ['stop-list', 'entitlements', 'actions'] as const;
export type ListKind = (typeof LIST_KINDS)[number];

export interface ListEnvelope {
  readonly schema: number;
  readonly listId: string;
  readonly kind: ListKind;
  readonly issuer: string;
  readonly realm: Realm;
  /** Rises with every bundle of the list. */
  readonly version: number;
  /** Only in a delta: the version its operations stand on. */
  readonly baseVersion?: number;
  readonly createdAt: EpochMs;
  /** Not to be applied before. */
  readonly effectiveAt: EpochMs;
  /** From this moment the list is stale, from `expiresAt` expired; what then happens is the tariff's. */
  readonly staleAfter: EpochMs;
  readonly expiresAt: EpochMs;
  /** Entries in this bundle; of a delta, operations. */
  readonly count: number;
  /** SHA-256 of the bytes of all entries as they stand, in hex. */
  readonly rootHash: string;
  /** The token keys that the list's subjects stand under: a validator without one of them cannot match those. */
  readonly tokenKeyIds: readonly number[];
  /** Ed25519 over the envelope without it, in hex, and the issuer's key. Kept, not judged yet. */
  readonly signature?: string;
  readonly keyId?: number;
}

export const OPERATIONS = ['add', 'replace', 'remove'] as const;
export type Operation = (typeof OPERATIONS)[number];

/** `missing`: no list was ever applied. */
export type Freshness = 'missing' | 'early' | 'fresh' | 'stale' | 'expired';

export function freshnessAt(envelope: ListEnvelope | undefined, atMs: EpochMs): Freshness {
  if (envelope === undefined) return 'missing';
  if (atMs < envelope.effectiveAt) return 'early';
  if (atMs >= envelope.expiresAt) return 'expired';
  return atMs >= envelope.staleAfter ? 'stale' : 'fresh';
}
