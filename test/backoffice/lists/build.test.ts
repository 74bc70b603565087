import { readFileSync, rmSync } from 'node:fs';
import * as fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { buildBundle, readBase } from '../../../src/backoffice/lists/build.ts';
import { termsFrom } from '../../../src/backoffice/lists/terms.ts';
import { writeBundle } from '../../../src/backoffice/lists/write-bundle.ts';
import { TuraError } from '../../../src/core/error.ts';
import { hexOfBytes } from '../../../src/core/hex.ts';
import { freshnessAt } from '../../../src/core/list/envelope.ts';
import type { StopEntry } from '../../../src/core/list/stop-entry.ts';
import { DAY_MS, epoch } from '../../../src/core/time.ts';
import { openDatabase } from '../../../src/disk/sqlite.ts';
import { applyStopList } from '../../../src/onboard/stoplist/apply.ts';
import { readBundle, verifyBundle } from '../../../src/wire/list/read-bundle.ts';
import { stopEntryKey } from '../../../src/wire/list/stop-entry.ts';
import { withFile } from '../../onboard/list/folder.ts';
import { aBlock, anyEntry, NOON, sourceOf, stopListOf } from '../../wire/list/lists.ts';
import { TERMS } from './terms.ts';

const LATER = { ...TERMS, version: 2 };

const build = (entries: readonly StopEntry[]) => buildBundle('stop-list', entries, [1], TERMS);

/** All that stands in the file, as text. */
function contents(file: string): unknown[] {
  const database = openDatabase(file, { what: 'stop list', mode: 'read', version: 1 });
  const rows = database.prepare('SELECT hex(key), hex(body) FROM entry ORDER BY key').raw().all();
  const counted = database.prepare('SELECT entries FROM list').pluck().get();
  database.close();
  return [counted, ...rows];
}

test('a delta on a list comes to the same as the whole new list', async () => {
  const lists = fc.uniqueArray(anyEntry(), {
    selector: entry => hexOfBytes(stopEntryKey(entry)),
    maxLength: 8,
  });
  const pair = fc
    .tuple(lists, lists, fc.array(fc.boolean(), { minLength: 8, maxLength: 8 }))
    .map(([old, fresh, kept]) => {
      const keys = new Set(fresh.map(entry => hexOfBytes(stopEntryKey(entry))));
      const stay = old.filter((entry, n) => kept[n] && !keys.has(hexOfBytes(stopEntryKey(entry))));
      return { old, fresh: [...fresh, ...stay] };
    });
  await fc.assert(
    fc.asyncProperty(pair, async ({ old, fresh }) => {
      const base = build(old);
      const delta = buildBundle('stop-list', fresh, [1], LATER, await readBase(sourceOf(base)));
      const whole = buildBundle('stop-list', fresh, [1], LATER);
      await withFile(async one => {
        await withFile(async other => {
          await applyStopList(sourceOf(base), one, { atMs: NOON });
          await applyStopList(sourceOf(delta), one, { atMs: NOON });
          await applyStopList(sourceOf(whole), other, { atMs: NOON });
          assert.equal(contents(one), contents(other));
        });
      });
    }),
    { numRuns: 25 },
  );
});

test('a delta holds only what changed, each with its operation', async () => {
  const base = await readBase(sourceOf(build([aBlock(1), aBlock(2), aBlock(3)])));
  const entries = [aBlock(1), aBlock(2, { effect: 'warn' }), aBlock(4)];
  const operations: string[] = [];
  const bytes = buildBundle('stop-list', entries, [1], LATER, base);
  const envelope = await readBundle(
    sourceOf(bytes),
    () =>
      ({ operation }) =>
        operations.push(operation),
  );
  assert.is(envelope.baseVersion, 1);
  assert.equal(operations.sort(), ['add', 'remove', 'replace']);
});

test('a base that is no base is refused', async () => {
  const base = await readBase(sourceOf(build([])));
  const cases = [
    [TERMS, /has version 1$/],
    [{ ...LATER, listId: 'kgn' }, /holds tmn-stop-list, a list of kind stop-list in the realm test$/],
    [{ ...LATER, realm: 'production' }, /holds tmn-stop-list/],
  ] as const;
  for (const [terms, message] of cases) {
    assert.throws(() => buildBundle('stop-list', [], [], terms, base), message);
  }
  assert.throws(() => buildBundle('entitlements', [], [], LATER, base), /holds tmn-stop-list/);
});

test('a delta is no base of another delta', async () => {
  const delta = stopListOf([], { version: 2, baseVersion: 1 });
  try {
    await readBase(sourceOf(delta));
    assert.unreachable();
  } catch (error) {
    assert.match(String(error), /bundle: is a delta/);
  }
});

test('a list is good from the moment it is made, stale after three days, expired after a month', () => {
  const { createdAt, effectiveAt, staleAfter, expiresAt } = termsFrom(NOON, TERMS);
  assert.is(createdAt, NOON);
  assert.is(effectiveAt, NOON);
  assert.is(staleAfter, NOON + 3 * DAY_MS);
  assert.is(expiresAt, NOON + 31 * DAY_MS);
});

test('a bundle is written whole, over the one before', () =>
  withFile(async file => {
    writeBundle(file, build([aBlock(1)]));
    writeBundle(file, build([aBlock(2), aBlock(3)]));
    const envelope = await verifyBundle(sourceOf(readFileSync(file)));
    assert.is(envelope.count, 2);
    assert.is(freshnessAt(envelope, epoch(NOON + 1)), 'fresh');
  }));

test('a folder that takes no bundle is named, and nothing is left behind', () =>
  withFile(file => {
    const cases = [
      ['/sys/tura/list.cbor', 'disk-read-only'],
      [`${file}/list.cbor`, 'bad-input'],
    ] as const;
    writeBundle(file, build([]));
    for (const [target, code] of cases) {
      try {
        writeBundle(target, build([]));
        assert.unreachable();
      } catch (error) {
        assert.instance(error, TuraError);
        if (error instanceof TuraError) assert.is(error.code, code);
      }
    }
    rmSync(file);
  }));

test.run();
