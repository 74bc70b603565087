/** The card list from a file of synthetic cards. */
import { type CardFile, faceOf, type SyntheticCard } from '../../core/card/card-file.ts';
import { identify } from '../../core/card/identity.ts';
import type { Entitlement } from '../../core/entitlement.ts';
import { known } from '../../core/known.ts';
import type { Tokeniser } from '../../core/list/subject-text.ts';
import { minor } from '../../core/money.ts';
import type { EpochMs } from '../../core/time.ts';
import { type Base, buildBundle } from './build.ts';
import type { Terms } from './terms.ts';

/** The bundle's bytes: an entry for each token of each card that is known to the back office and has a lasting number. */
export function buildEntitlements(
  { cards, asOf }: CardFile,
  tokeniser: Tokeniser,
  terms: Terms,
  base?: Base,
): Uint8Array {
  const entries = cards.flatMap(card => (card.entitled ? entitlementsOf(card, asOf, tokeniser) : []));
  const keyIds = tokeniser.keys.flatMap(key => (key === undefined ? [] : [key.keyId]));
  return buildBundle(
    'entitlements',
    entries,
    keyIds.sort((a, b) => a - b),
    terms,
    base,
  );
}

function entitlementsOf(card: SyntheticCard, asOf: EpochMs, { keys, crypto }: Tokeniser): Entitlement[] {
  const medium = identify(faceOf(card), keys, crypto);
  if (medium.kind === 'random-uid') return [];
  const { mediumClass, category, categoryExpiry, quotaUsed, paidOn } = card;
  const passes = card.passes?.map(held => known(held));
  const purseMinor = card.purseMinor === undefined ? undefined : minor(card.purseMinor);
  return [medium.token, ...medium.further].map(token =>
    known({ token, mediumClass, category, categoryExpiry, quotaUsed, passes, purseMinor, paidOn, asOf }),
  );
}
