import { setImmediate as immediate } from 'node:timers/promises';
import * as fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { hexOfBytes } from '../../../src/core/hex.ts';
import type { StopEntry, Subject } from '../../../src/core/list/stop-entry.ts';
import { type Asked, verdictOf } from '../../../src/core/list/verdict.ts';
import { epoch } from '../../../src/core/time.ts';
import { applyStopList } from '../../../src/onboard/stoplist/apply.ts';
import { openStopList } from '../../../src/onboard/stoplist/stop-list.ts';
import { compareKeys } from '../../../src/wire/list/key.ts';
import { stopEntryKey } from '../../../src/wire/list/stop-entry.ts';
import { aBlock, aHead, anyEntry, aToken, NOON, sourceOf, stopListOf } from '../../wire/list/lists.ts';
import { withFile } from '../list/folder.ts';

/** Few subjects, so that what is asked and what is listed meet often. */
const SUBJECTS: readonly Subject[] = [
  aToken(1),
  { ...aToken(1), keyId: 2 },
  { ...aToken(1), kind: 'pan' },
  { ...aToken(2), kind: 'cardSerial' },
  aToken(2),
  { kind: 'binRange', from: '2200', to: '2204' },
  { kind: 'binRange', from: '22009900', to: '22009949' },
  { kind: 'category', name: 'pupil' },
  { kind: 'category', name: 'pupils' },
  { kind: 'product', name: 'pupil' },
  { kind: 'issuerKey', name: '7' },
  { kind: 'device', name: 'phone' },
];
const subject = fc.constantFrom(...SUBJECTS);

const anyAsked: fc.Arbitrary<Asked> = fc.record(
  {
    tokens: fc.uniqueArray(fc.constantFrom(...SUBJECTS.flatMap(one => ('keyId' in one ? [one] : []))), {
      maxLength: 3,
    }),
    bin: fc.constantFrom('22009911', '22009950', '22050000', '21000000'),
    category: fc.constantFrom('pupil', 'pupils', 'pup'),
    product: fc.constantFrom('pupil', '12'),
    issuerKey: fc.constantFrom('7', '8'),
    device: fc.constantFrom('phone', 'x'),
  },
  { requiredKeys: ['tokens'], noNullPrototype: true },
);

async function pause(): Promise<void> {
  await immediate();
  await immediate();
}

/** What an entry is about, said a second time and in the plainest way. */
function names({ subject }: StopEntry, asked: Asked): boolean {
  switch (subject.kind) {
    case 'binRange': {
      const bin = Number(asked.bin);
      return bin >= Number(subject.from.padEnd(8, '0')) && bin <= Number(subject.to.padEnd(8, '9'));
    }
    case 'category':
    case 'product':
    case 'issuerKey':
    case 'device':
      return asked[subject.kind] === subject.name;
    default:
      return asked.tokens.some(
        token =>
          token.kind === subject.kind && token.keyId === subject.keyId && token.value === subject.value,
      );
  }
}

test('a lookup agrees with a plain scan of the entries', async () => {
  const lists = fc.uniqueArray(anyEntry(subject), {
    selector: entry => hexOfBytes(stopEntryKey(entry)),
    maxLength: 15,
  });
  await fc.assert(
    fc.asyncProperty(
      lists,
      fc.array(anyAsked, { minLength: 5, maxLength: 10 }),
      async (entries, questions) => {
        await withFile(async file => {
          await applyStopList(sourceOf(stopListOf(entries), 40), file, { atMs: NOON });
          const list = openStopList(file);
          const inOrder = [...entries].sort((a, b) => compareKeys(stopEntryKey(a), stopEntryKey(b)));
          for (const [turn, asked] of questions.entries()) {
            // The screen before the list is filled in pauses: both before it is and after, the answers are the same.
            if (turn === 2) await pause();
            const scanned = verdictOf(
              inOrder.filter(entry => names(entry, asked)),
              asked,
              NOON,
            );
            const found = list.lookup(asked, NOON);
            assert.is(found.kind, scanned.kind);
            if (found.kind === 'listed' && scanned.kind === 'listed') assert.is(found.effect, scanned.effect);
          }
          list.close();
        });
      },
    ),
    { numRuns: 40 },
  );
});

test('where no list was ever applied everything is clear, and the list says that it is missing', () =>
  withFile(async file => {
    const list = openStopList(file);
    assert.is(list.version, undefined);
    assert.is(list.count, 0);
    assert.is(list.freshness(NOON), 'missing');
    assert.is(list.lookup({ tokens: [aToken(1)] }, NOON).kind, 'clear');
    await applyStopList(sourceOf(stopListOf([aBlock(1)])), file, { atMs: NOON });
    assert.is(list.refresh(), true);
    assert.is(list.lookup({ tokens: [aToken(1)] }, NOON).kind, 'listed');
    list.close();
  }));

test('freshness is that of the moment asked about', () =>
  withFile(async file => {
    await applyStopList(sourceOf(stopListOf([])), file, { atMs: NOON });
    const list = openStopList(file);
    const { staleAfter, expiresAt } = aHead();
    const cases = [
      [NOON, 'fresh'],
      [epoch(staleAfter - 1), 'fresh'],
      [staleAfter, 'stale'],
      [expiresAt, 'expired'],
    ] as const;
    for (const [atMs, freshness] of cases) assert.is(list.freshness(atMs), freshness);
    list.close();
  }));

test('a card that moved to a new key is still found by its older token', () =>
  withFile(async file => {
    await applyStopList(sourceOf(stopListOf([aBlock(1)])), file, { atMs: NOON });
    const list = openStopList(file);
    const current = { ...aToken(1), keyId: 2, value: 'ff'.repeat(16) };
    assert.is(list.lookup({ tokens: [current, aToken(1)] }, NOON).kind, 'listed');
    assert.is(list.lookup({ tokens: [current] }, NOON).kind, 'clear');
    list.close();
  }));

test('of the tokens of one card the first asked about decides between equals', () =>
  withFile(async file => {
    const lost = aBlock(1, { reason: 'lost' });
    const stolen = aBlock(2, { reason: 'stolen' });
    await applyStopList(sourceOf(stopListOf([lost, stolen])), file, { atMs: NOON });
    const list = openStopList(file);
    const verdict = list.lookup({ tokens: [aToken(2), aToken(1)] }, NOON);
    assert.is(verdict.kind === 'listed' && verdict.reason, 'stolen');
    list.close();
  }));

test.run();
