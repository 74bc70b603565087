/** What the back office knew of cards, from its bundle of entitlements: what settlement needs beside their taps. */

import type { EntitlementTerms } from '../../core/entitlement.ts';
import { TuraError } from '../../core/error.ts';
import { type Token, tokenKey } from '../../core/tap.ts';
import { CborReader } from '../../wire/cbor-reader.ts';
import { entitlement } from '../../wire/list/entitlement.ts';
import { type BundleSource, readBundle } from '../../wire/list/read-bundle.ts';

/** Throws `TuraError` bad-input for what is no whole bundle of entitlements. */
export async function readTerms(
  source: BundleSource,
): Promise<(token: Token) => EntitlementTerms | undefined> {
  const terms = new Map<string, EntitlementTerms>();
  await readBundle(source, ({ kind, baseVersion }) => {
    if (kind !== 'entitlements' || baseVersion !== undefined) {
      const what = baseVersion === undefined ? `a bundle of kind ${kind}` : 'a delta';
      throw new TuraError('bad-input', `${source.name}: ${what}`, {
        where: source.name,
        expected: 'a whole bundle of entitlements',
      });
    }
    return ({ body }) => {
      const { token, ...rest } = entitlement.read(new CborReader(body.slice()));
      terms.set(tokenKey(token), rest);
    };
  });
  return token => terms.get(tokenKey(token));
}
