/** What an issuer says of a list beside its entries. */
import { DAY_MS, type EpochMs, epoch } from '../../core/time.ts';
import type { Head } from '../../wire/list/bundle.ts';

/** Who issues which list, and for how long it is good; `kind` and the token keys follow from the entries. */
export type Terms = Omit<Head, 'kind' | 'baseVersion' | 'tokenKeyIds'>;

/** Three days without a new list are a broken link; a month is beyond every outage that was planned for (DESIGN.md). */
const STALE_AFTER_MS = 3 * DAY_MS;
const EXPIRES_AFTER_MS = 31 * DAY_MS;

/** Terms of a list that is in effect from the moment it is made. */
export function termsFrom(
  createdAt: EpochMs,
  { listId, issuer, realm, version }: Pick<Terms, 'listId' | 'issuer' | 'realm' | 'version'>,
): Terms {
  return {
    listId,
    issuer,
    realm,
    version,
    createdAt,
    effectiveAt: createdAt,
    staleAfter: epoch(createdAt + STALE_AFTER_MS),
    expiresAt: epoch(createdAt + EXPIRES_AFTER_MS),
  };
}
