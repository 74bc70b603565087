import { readFileSync } from 'node:fs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { buildEntitlements } from '../../../src/backoffice/lists/entitlements.ts';
import { buildStopList } from '../../../src/backoffice/lists/stop-list.ts';
import { cardFileSchema, mediumOf } from '../../../src/core/card/card-file.ts';
import { readKeyRing } from '../../../src/core/card/token-key.ts';
import { readYaml } from '../../../src/core/source/yaml.ts';
import type { Token } from '../../../src/core/tap.ts';
import { parseInstant } from '../../../src/core/time.ts';
import { applyCards, openCards } from '../../../src/onboard/cards/cards.ts';
import { applyStopList } from '../../../src/onboard/stoplist/apply.ts';
import { openStopList } from '../../../src/onboard/stoplist/stop-list.ts';
import { nodeCrypto as crypto } from '../../../src/wire/node-crypto.ts';
import { withFile } from '../../onboard/list/folder.ts';
import { NOON, sourceOf } from '../../wire/list/lists.ts';
import { TERMS } from './terms.ts';

const read = (name: string) => readFileSync(new URL(`../../../fixtures/${name}`, import.meta.url), 'utf8');
const { keys } = readKeyRing([{ file: 'key', text: read('keys/token-key-test.yaml') }]);
const tokeniser = { keys, crypto };
const file = readYaml(read('cards.yaml'), 'cards.yaml', cardFileSchema).value;
const cards = file?.cards ?? [];
const stopList = buildStopList(read('stoplist.csv'), 'stoplist.csv', tokeniser, TERMS);

/** All that a card is known by, its own token first. */
function tokensOfCard(id: string): readonly Token[] {
  const card = cards.find(candidate => candidate.id === id);
  const medium = card === undefined ? undefined : mediumOf(card, keys, crypto);
  return medium?.kind === 'identified' ? [medium.token, ...medium.further] : [];
}

/** What the stop list of the fixtures says to a card of the fixtures. */
async function effectOn(id: string, atMs = NOON): Promise<string> {
  const tokens = tokensOfCard(id);
  const category = cards.find(card => card.id === id)?.category ?? '';
  let effect = 'clear';
  await withFile(async database => {
    await applyStopList(sourceOf(stopList), database, { atMs: NOON });
    const list = openStopList(database);
    const verdict = list.lookup({ tokens, category }, atMs);
    if (verdict.kind === 'listed') effect = verdict.effect;
    list.close();
  });
  return effect;
}

test('the blocked cards of the fixtures are blocked, and nobody else', async () => {
  const listed = {
    'boris-blocked': 'decline',
    'yury-debtor': 'decline',
    'vera-demoted': 'treat-as',
    'stranger-unknown': 'warn',
  };
  for (const { id } of cards) {
    assert.is(await effectOn(id), listed[id as keyof typeof listed] ?? 'clear', id);
  }
});

test('in the days of the category block a released pensioner still rode', async () => {
  const inside = parseInstant('2021-01-15T12:00+05:00') ?? NOON;
  assert.is(await effectOn('sofia-pensioner', inside), 'decline');
  assert.is(await effectOn('zoya-pensioner', inside), 'clear');
});

test('every card that is on file is entitled, with its category and quota', () =>
  withFile(async database => {
    if (file === undefined) return assert.unreachable();
    const bytes = buildEntitlements(file, tokeniser, { ...TERMS, listId: 'tmn-cards' });
    const applied = await applyCards(sourceOf(bytes), database, { atMs: NOON });
    assert.is(applied.entries, 22);
    const list = openCards(database);
    for (const { id, category, mediumClass, quotaUsed, entitled } of cards) {
      const [token] = tokensOfCard(id);
      const entitlement = token === undefined ? undefined : list.lookup(token);
      assert.is(entitlement?.category, entitled ? category : undefined, id);
      assert.is(entitlement?.mediumClass, entitled ? mediumClass : undefined, id);
      assert.equal(entitlement?.quotaUsed, entitled ? quotaUsed : undefined, id);
    }
    list.close();
  }));

test('no UID and no number of the fixtures stands in a bundle', () => {
  if (file === undefined) return assert.unreachable();
  const bytes = Buffer.concat([buildEntitlements(file, tokeniser, TERMS), stopList]);
  for (const { id, uid, bank } of cards) {
    assert.not(bytes.includes(uid, 'hex'), id);
    if (bank === undefined) continue;
    for (const encoding of ['hex', 'latin1', 'utf16le'] as const) {
      assert.not(bytes.includes(bank.pan, encoding), `${id} ${encoding}`);
    }
  }
});

test('a bank card is entitled by itself alone: what replaces it begins anew', () =>
  withFile(async database => {
    if (file === undefined) return assert.unreachable();
    const bytes = buildEntitlements(file, tokeniser, { ...TERMS, listId: 'tmn-cards' });
    await applyCards(sourceOf(bytes), database, { atMs: NOON });
    const list = openCards(database);
    const entitled = tokensOfCard('ulyana-bank').filter(token => list.lookup(token) !== undefined);
    assert.equal(
      entitled.map(({ kind }) => kind),
      ['instrument'],
    );
    list.close();
  }));

test('while a key rotates out every card is entitled under both', () => {
  if (file === undefined) return assert.unreachable();
  const next = readKeyRing([
    { file: 'next', text: read('keys/token-key-test-next.yaml') },
    { file: 'key', text: read('keys/token-key-test.yaml') },
  ]);
  const both = buildEntitlements(file, { keys: next.keys, crypto }, TERMS);
  const one = buildEntitlements(file, tokeniser, TERMS);
  assert.ok(both.length > one.length * 1.8);
});

test.run();
