import { writeFileSync } from 'node:fs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { type FaultCode, TuraError } from '../../../src/core/error.ts';
import { MAX_BIN_RANGES, type StopEntry } from '../../../src/core/list/stop-entry.ts';
import { epoch } from '../../../src/core/time.ts';
import { openDatabase } from '../../../src/disk/sqlite.ts';
import { applyCards } from '../../../src/onboard/cards/cards.ts';
import { applyStopList } from '../../../src/onboard/stoplist/apply.ts';
import { openStopList } from '../../../src/onboard/stoplist/stop-list.ts';
import { bundleOf, type Item, itemOf } from '../../../src/wire/list/bundle.ts';
import { bundleFile } from '../../../src/wire/list/bundle-file.ts';
import type { BundleSource } from '../../../src/wire/list/read-bundle.ts';
import { aBlock, aHead, aToken, cardsOf, NOON, sourceOf, stopListOf } from '../../wire/list/lists.ts';
import { withFile } from './folder.ts';

const one = stopListOf([aBlock(1), aBlock(2)]);
const two = stopListOf([aBlock(2), aBlock(3), aBlock(4)], { version: 2 });

function apply(file: string, bytes: Uint8Array, atMs = NOON) {
  return applyStopList(sourceOf(bytes, 50), file, { atMs });
}

/** Which of the tokens 1 to 6 are blocked. */
function blocked(file: string): number[] {
  const list = openStopList(file);
  try {
    return [1, 2, 3, 4, 5, 6].filter(n => list.lookup({ tokens: [aToken(n)] }, NOON).kind === 'listed');
  } finally {
    list.close();
  }
}

async function refused(applied: Promise<unknown>, code: FaultCode, message: RegExp): Promise<void> {
  let fault: unknown;
  await applied.catch(error => {
    fault = error;
  });
  assert.instance(fault, TuraError);
  if (!(fault instanceof TuraError)) return;
  assert.match(`${fault.message} (expected ${fault.expected})`, message);
  assert.is(fault.code, code);
}

function delta(
  changes: readonly (readonly [Item['operation'], StopEntry])[],
  version: number,
  baseVersion: number,
) {
  const items = changes.map(([operation, entry]) => ({ ...itemOf('stop-list', entry), operation }));
  return bundleOf(aHead({ version, baseVersion }), items);
}

test('the first bundle makes the file, and says how fresh it is', () =>
  withFile(async file => {
    const applied = await apply(file, one);
    assert.is(applied.outcome, 'applied');
    assert.is(applied.entries, 2);
    assert.is(applied.freshness, 'fresh');
    assert.equal(blocked(file), [1, 2]);
  }));

test('a whole list takes the place of the one before', () =>
  withFile(async file => {
    await apply(file, one);
    assert.is((await apply(file, two)).entries, 3);
    assert.equal(blocked(file), [2, 3, 4]);
  }));

test('the same bundle again changes nothing and is no error', () =>
  withFile(async file => {
    await apply(file, one);
    const again = await apply(file, one);
    assert.is(again.outcome, 'already');
    assert.is(again.entries, 2);
  }));

test('stale and expired lists are applied and said to be so; an early one waits', () =>
  withFile(async file => {
    const { staleAfter, expiresAt, effectiveAt } = aHead();
    await refused(
      apply(file, one, epoch(effectiveAt - 1)),
      'bad-input',
      /not in effect yet .*2026-03-02T07:00:00/,
    );
    assert.is((await apply(file, one, staleAfter)).freshness, 'stale');
    assert.is((await apply(file, two, expiresAt)).freshness, 'expired');
  }));

test('a delta adds, replaces and removes on the version it names', () =>
  withFile(async file => {
    await apply(file, one);
    const warned = aBlock(2, { effect: 'warn', reason: 'debt' });
    const changes = delta(
      [
        ['remove', aBlock(1)],
        ['replace', warned],
        ['add', aBlock(5)],
      ],
      2,
      1,
    );
    const applied = await apply(file, changes);
    assert.is(applied.entries, 2);
    assert.equal(blocked(file), [2, 5]);
    const list = openStopList(file);
    assert.is(list.count, 2);
    assert.is(list.version, 2);
    const verdict = list.lookup({ tokens: [aToken(2)] }, NOON);
    assert.is(verdict.kind === 'listed' && verdict.effect, 'warn');
    list.close();
  }));

const REFUSED: readonly (readonly [name: string, bytes: Uint8Array, message: RegExp])[] = [
  ['an older version', stopListOf([], { version: 4 }), /version 4 where version 5 stands/],
  [
    'the same version with other entries',
    stopListOf([aBlock(9)], { version: 5 }),
    /version 5 where version 5 stands/,
  ],
  [
    'a delta on another version',
    delta([], 7, 6),
    /a delta on version 6 where version 5 stands .*version 6 first/,
  ],
  [
    'another realm',
    stopListOf([], { version: 6, realm: 'production' }),
    /realm production \(expected test\)/,
  ],
  [
    'another list',
    stopListOf([], { version: 6, listId: 'kgn' }),
    /the list kgn of tmn .*tmn-stop-list of tmn/,
  ],
  ['another issuer', stopListOf([], { version: 6, issuer: 'kgn' }), /the list tmn-stop-list of kgn/],
  [
    'a list of another kind',
    cardsOf([], { version: 6 }),
    /a bundle of kind entitlements \(expected stop-list\)/,
  ],
  [
    'an addition of what is there',
    delta([['add', aBlock(1)]], 6, 5),
    /cannot add an entry that is there already/,
  ],
  [
    'a replacement of nothing',
    delta([['replace', aBlock(9)]], 6, 5),
    /cannot replace an entry that is not there/,
  ],
  ['a removal of nothing', delta([['remove', aBlock(9)]], 6, 5), /cannot remove an entry that is not there/],
  [
    'a removal of what stands otherwise',
    delta([['remove', aBlock(1, { effect: 'warn' })]], 6, 5),
    /not as the bundle says \(expected a delta made from the list that stands here/,
  ],
  [
    'a cut bundle',
    stopListOf([aBlock(8), aBlock(9)], { version: 6 }).slice(0, -5),
    /entry 2, .*the bytes end/,
  ],
  ['a damaged bundle', turned(stopListOf([aBlock(8)], { version: 6 })), /its entries have the hash/],
];

/** Another reason in the last entry: it reads well, and the hash finds it. */
function turned(bytes: Uint8Array): Uint8Array {
  const damaged = bytes.slice();
  damaged[bytes.length - 1] = 3;
  return damaged;
}

for (const [name, bytes, message] of REFUSED) {
  test(`${name} is refused, and the list that was active stays`, () =>
    withFile(async file => {
      await apply(file, stopListOf([aBlock(1), aBlock(2)], { version: 5 }));
      await refused(apply(file, bytes), 'bad-input', message);
      assert.equal(blocked(file), [1, 2]);
    }));
}

test('a delta where no list stands is refused', () =>
  withFile(async file => {
    await refused(apply(file, delta([], 2, 1)), 'bad-input', /a delta on version 1 where no list stands/);
  }));

test('a vehicle of another realm takes no first bundle either', () =>
  withFile(async file => {
    const applied = applyStopList(sourceOf(one), file, { atMs: NOON, realm: 'production' });
    await refused(applied, 'bad-input', /realm test \(expected production\)/);
  }));

test('a source that ends in the middle leaves the list that was active', () =>
  withFile(async file => {
    await apply(file, one);
    async function* failing() {
      yield two.subarray(0, two.length - 10);
      throw new TuraError('link-down', 'the link is gone');
    }
    const source: BundleSource = { name: 'link', pieces: failing() };
    await refused(applyStopList(source, file, { atMs: NOON }), 'link-down', /the link is gone/);
    assert.equal(blocked(file), [1, 2]);
    assert.is((await apply(file, two)).outcome, 'applied');
  }));

test('whoever reads goes on with its version until it asks for the new one', () =>
  withFile(async file => {
    await apply(file, one);
    const list = openStopList(file);
    await apply(file, two);
    assert.is(list.version, 1);
    assert.is(list.lookup({ tokens: [aToken(1)] }, NOON).kind, 'listed');
    assert.is(list.lookup({ tokens: [aToken(3)] }, NOON).kind, 'clear');
    assert.is(list.refresh(), true);
    assert.is(list.version, 2);
    assert.is(list.lookup({ tokens: [aToken(1)] }, NOON).kind, 'clear');
    assert.is(list.lookup({ tokens: [aToken(3)] }, NOON).kind, 'listed');
    assert.is(list.refresh(), false);
    list.close();
  }));

test('an apply is on disk when it settles: the file is durable', () =>
  withFile(async file => {
    await apply(file, one);
    const database = openDatabase(file, { what: 'stop list', mode: 'write', version: 1 });
    assert.is(database.pragma('synchronous', { simple: true }), 2);
    assert.is(database.pragma('journal_mode', { simple: true }), 'wal');
    database.close();
  }));

test('two applies at once do not mix: the second is told that the file is in use', () =>
  withFile(async file => {
    await apply(file, one);
    const holder = openDatabase(file, { what: 'stop list', mode: 'write', version: 1 });
    holder.exec('BEGIN IMMEDIATE');
    await refused(apply(file, two), 'state-in-use', /another process has it open/);
    holder.close();
    assert.equal(blocked(file), [1, 2]);
  }));

test('a folder that takes no file is named', async () => {
  await refused(apply('/sys/tura/list.db', one), 'disk-read-only', /\/sys\/tura\/list\.db/);
});

test('a file that is no list is refused, for reading and for applying', () =>
  withFile(async file => {
    writeFileSync(file, 'subject_kind,subject,effect,reason\n'.repeat(100));
    await refused(apply(file, one), 'bad-input', /no SQLite file/);
    assert.throws(() => openStopList(file), /no SQLite file/);
  }));

test('a card list file is no stop list', () =>
  withFile(async file => {
    await applyCards(sourceOf(cardsOf([])), file, { atMs: NOON });
    assert.throws(() => openStopList(file), /holds tmn-cards, a list of kind entitlements/);
    await refused(apply(file, one), 'bad-input', /expected entitlements, which stands here/);
  }));

test('a bundle file that is not there is named', () =>
  withFile(async file => {
    const applied = applyStopList(bundleFile(`${file}.cbor`), file, { atMs: NOON });
    await refused(applied, 'bad-input', /list\.db\.cbor: no such file/);
  }));

test('a bundle is applied from its file', () =>
  withFile(async file => {
    writeFileSync(`${file}.cbor`, one);
    await applyStopList(bundleFile(`${file}.cbor`), file, { atMs: NOON });
    assert.equal(blocked(file), [1, 2]);
  }));

test('more BIN ranges than a tap has time for are refused', () =>
  withFile(async file => {
    const ranges = Array.from({ length: MAX_BIN_RANGES + 1 }, (_, n): StopEntry => {
      const from = String(22_000_000 + n);
      return { subject: { kind: 'binRange', from, to: from }, effect: 'decline', reason: 'issuer' };
    });
    await refused(apply(file, stopListOf(ranges)), 'bad-input', /1001 BIN ranges \(expected at most 1000\)/);
  }));

test.run();
