import * as fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { Entitlement, EntitlementTerms } from '../../../src/core/entitlement.ts';
import { tokenKey } from '../../../src/core/tap.ts';
import type { ServiceDate } from '../../../src/core/time.ts';
import { applyCards, openCards } from '../../../src/onboard/cards/cards.ts';
import { anEntitlement, anyEntitlement, aToken, cardsOf, NOON, sourceOf } from '../../wire/list/lists.ts';
import { withFile } from '../list/folder.ts';

/** What a look-up says: whoever asks has the token already. */
function termsOf({ token: _token, ...terms }: Entitlement): EntitlementTerms {
  return terms;
}

test('a card is found by its token with everything that is known of it', () =>
  withFile(async file => {
    const olga = anEntitlement(7, {
      category: 'student',
      categoryExpiry: 20260630 as ServiceDate,
      quotaUsed: { month: 202603, used: 51 },
    });
    await applyCards(sourceOf(cardsOf([anEntitlement(1), olga])), file, { atMs: NOON });
    const cards = openCards(file);
    assert.equal(cards.lookup(aToken(7)), termsOf(olga));
    assert.equal(cards.lookup(aToken(1)), termsOf(anEntitlement(1)));
    assert.is(cards.lookup(aToken(2)), undefined);
    assert.is(cards.lookup({ ...aToken(7), keyId: 2 }), undefined);
    assert.is(cards.lookup({ ...aToken(7), kind: 'pan' }), undefined);
    assert.is(cards.count, 2);
    assert.is(cards.version, 1);
    cards.close();
  }));

test('every token of a list is found, and says what the list says', async () => {
  const lists = fc.uniqueArray(anyEntitlement, { selector: ({ token }) => tokenKey(token), maxLength: 12 });
  await fc.assert(
    fc.asyncProperty(lists, list =>
      withFile(async file => {
        await applyCards(sourceOf(cardsOf(list), 100), file, { atMs: NOON });
        const cards = openCards(file);
        for (const entitlement of list) assert.equal(cards.lookup(entitlement.token), termsOf(entitlement));
        cards.close();
      }),
    ),
    { numRuns: 20 },
  );
});

test('where no list was ever applied no card is known, until there is one', () =>
  withFile(async file => {
    const cards = openCards(file);
    assert.is(cards.version, undefined);
    assert.is(cards.freshness(NOON), 'missing');
    assert.is(cards.lookup(aToken(1)), undefined);
    await applyCards(sourceOf(cardsOf([anEntitlement(1)])), file, { atMs: NOON });
    assert.is(cards.refresh(), true);
    assert.equal(cards.lookup(aToken(1)), termsOf(anEntitlement(1)));
    cards.close();
  }));

test.run();
