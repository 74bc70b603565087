import * as fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { TuraError } from '../../../src/core/error.ts';
import { hexOfBytes } from '../../../src/core/hex.ts';
import { CborReader } from '../../../src/wire/cbor-reader.ts';
import { encode } from '../../../src/wire/codec.ts';
import { bundleOf, type Item, itemOf } from '../../../src/wire/list/bundle.ts';
import { entitlement } from '../../../src/wire/list/entitlement.ts';
import { listEnvelope } from '../../../src/wire/list/envelope.ts';
import { compareKeys } from '../../../src/wire/list/key.ts';
import { readBundle, verifyBundle } from '../../../src/wire/list/read-bundle.ts';
import { stopEntry, stopEntryKey, subjectKey } from '../../../src/wire/list/stop-entry.ts';
import {
  aBlock,
  aHead,
  anyEntitlement,
  anyEntry,
  anySubject,
  aToken,
  cardsOf,
  sourceOf,
  stopListOf,
} from './lists.ts';

async function itemsOf(bytes: Uint8Array, size?: number): Promise<Item[]> {
  const items: Item[] = [];
  await readBundle(sourceOf(bytes, size), () => item => items.push({ ...item, body: item.body.slice() }));
  return items;
}

async function refusal(bytes: Uint8Array, size?: number): Promise<string> {
  try {
    await verifyBundle(sourceOf(bytes, size));
  } catch (error) {
    assert.instance(error, TuraError);
    if (error instanceof TuraError) assert.is(error.code, 'bad-input');
    return (error as Error).message;
  }
  return 'it was taken';
}

const entries = [aBlock(1), aBlock(2), aBlock(3)];

test('a stop-list entry comes back from its bytes as it was', () => {
  fc.assert(
    fc.property(anyEntry(), entry => {
      assert.equal(stopEntry.read(new CborReader(encode(stopEntry, entry))), entry);
      assert.equal(stopEntry.check(JSON.parse(JSON.stringify(entry)), 'entry'), entry);
    }),
  );
});

test('an entitlement comes back from its bytes as it was', () => {
  fc.assert(
    fc.property(anyEntitlement, one => {
      assert.equal(entitlement.read(new CborReader(encode(entitlement, one))), one);
    }),
  );
});

test('a bundle gives back every entry in the order of its key, in pieces of any size', async () => {
  const distinct = fc.uniqueArray(anyEntry(), {
    selector: entry => hexOfBytes(stopEntryKey(entry)),
    maxLength: 12,
  });
  await fc.assert(
    fc.asyncProperty(distinct, fc.integer({ min: 1, max: 300 }), async (list, size) => {
      const items = await itemsOf(stopListOf(list), size);
      const expected = list
        .map(entry => itemOf('stop-list', entry))
        .sort((a, b) => compareKeys(a.key, b.key));
      assert.equal(items, expected);
    }),
    { numRuns: 60 },
  );
});

test('the same entries in any order are the same bytes', () => {
  assert.equal(stopListOf(entries), stopListOf([...entries].reverse()));
});

test('the key of one subject never begins the key of another', () => {
  fc.assert(
    fc.property(anySubject, anySubject, (a, b) => {
      const [one, other] = [hexOfBytes(subjectKey(a)), hexOfBytes(subjectKey(b))];
      assert.ok(one === other || (!one.startsWith(other) && !other.startsWith(one)));
    }),
  );
});

test('an envelope says who issued which version, and the hash of what follows', async () => {
  const envelope = await verifyBundle(sourceOf(stopListOf(entries, { version: 7 })));
  assert.is(envelope.version, 7);
  assert.is(envelope.count, 3);
  assert.is(envelope.listId, 'tmn-stop-list');
  assert.match(envelope.rootHash, /^[0-9a-f]{64}$/);
});

test('a list without entries is a list', async () => {
  assert.is((await verifyBundle(sourceOf(stopListOf([])))).count, 0);
});

test('a bundle cut at any byte is refused', async () => {
  const bytes = stopListOf(entries);
  for (let length = 0; length < bytes.length; length++) {
    assert.match(await refusal(bytes.subarray(0, length), 64), /is empty|the bytes end|ends after \d of 3/);
  }
});

test('a bundle with any bit of it turned is refused or still says the same of its entries', async () => {
  const bytes = stopListOf(entries);
  const head = encode(listEnvelope, await verifyBundle(sourceOf(bytes))).length;
  for (let at = head; at < bytes.length; at++) {
    const damaged = bytes.slice();
    damaged[at] = (damaged[at] ?? 0) ^ 0x01;
    assert.is.not(await refusal(damaged), 'it was taken', `byte ${at}`);
  }
});

test('a damaged entry is named by its number and place', async () => {
  const bytes = stopListOf(entries);
  bytes[bytes.length - 2] = 0xff;
  assert.match(await refusal(bytes), /^bundle: entry 3, which begins at byte \d+: byte \d+: /);
});

test('what is no bundle is refused by its first bytes', async () => {
  assert.match(
    await refusal(new TextEncoder().encode('subject_kind,subject\n')),
    /^bundle: the envelope: byte 0: a map/,
  );
});

test('more entries than the envelope says are refused', async () => {
  const bytes = stopListOf(entries);
  const longer = new Uint8Array(bytes.length + 1);
  longer.set(bytes);
  assert.match(await refusal(longer), /goes on at byte \d+ after its 3 entries/);
});

test('entries out of order, and an entry that stands twice, are refused', async () => {
  const twice = bundleOf(aHead(), [itemOf('stop-list', aBlock(1)), itemOf('stop-list', aBlock(1))]);
  assert.match(await refusal(twice), /entry 2, .* stands twice or out of order/);
});

test('an envelope that contradicts itself is refused', async () => {
  const cases = [
    [{ version: 0 }, /version 0/],
    [{ version: 3, baseVersion: 3 }, /version 3 on base version 3/],
    [{ staleAfter: aHead().expiresAt, expiresAt: aHead().staleAfter }, /not in this order/],
    [{ keyId: 4 }, /a signature goes with its keyId/],
  ] as const;
  for (const [changes, message] of cases) assert.throws(() => stopListOf([], changes), message);
});

test('a bundle of a later schema is refused by its number', async () => {
  const bytes = stopListOf([]);
  assert.is(bytes[1], 1, 'the first field is the schema');
  bytes[2] = 2;
  assert.match(await refusal(bytes), /schema 2 where 1 is read/);
});

test('a field that a later version added is kept', () => {
  const entry = { ...aBlock(1), unknown: { 90: '182a' } };
  assert.equal(stopEntry.read(new CborReader(encode(stopEntry, entry))), entry);
});

test('an entry that contradicts itself is not written', () => {
  const wrong = [
    aBlock(1, { effect: 'treat-as' }),
    aBlock(1, { treatAs: 'general' }),
    aBlock(1, { subject: { kind: 'binRange', from: '2204', to: '2200' } }),
    aBlock(1, { subject: { kind: 'binRange', from: '220', to: '2204' } }),
    aBlock(1, { subject: { kind: 'category', name: 'a\u0000b' } }),
    aBlock(1, { subject: { ...aToken(1), value: 'ABCD' } }),
    aBlock(1, { subject: { ...aToken(1), keyId: 0x1_0000_0000 } }),
    aBlock(1, { riderText: 'x'.repeat(2000) }),
  ];
  for (const entry of wrong) assert.throws(() => itemOf('stop-list', entry));
});

test('a card list is no stop list, and says so', async () => {
  assert.is((await verifyBundle(sourceOf(cardsOf([])))).kind, 'entitlements');
});

test.run();
