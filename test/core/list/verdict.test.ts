import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { freshnessAt } from '../../../src/core/list/envelope.ts';
import type { Scope, StopEffect, StopEntry, Subject } from '../../../src/core/list/stop-entry.ts';
import { type Asked, inBinRange, type Verdict, verdictOf } from '../../../src/core/list/verdict.ts';
import { epoch } from '../../../src/core/time.ts';

const CARD: Subject = { kind: 'uid', keyId: 1, value: '00'.repeat(16) };
const PAN: Subject = { kind: 'pan', keyId: 1, value: '11'.repeat(16) };
const RANGE: Subject = { kind: 'binRange', from: '2200', to: '2204' };
const PENSIONERS: Subject = { kind: 'category', name: 'pensioner' };

const ASKED: Asked = { tokens: [], carrierId: 'tmn-1', mode: 'bus', application: 'transit' };
const NOON = epoch(1_772_434_800_000);

function entry(subject: Subject, effect: StopEffect, changes: Partial<StopEntry> = {}): StopEntry {
  const treatAs = effect === 'treat-as' ? { treatAs: 'general' } : {};
  return { subject, effect, reason: 'administrative', ...treatAs, ...changes };
}

function effectOf(verdict: Verdict): string {
  return verdict.kind === 'clear' ? 'clear' : `${verdict.effect} ${verdict.subject.kind}`;
}

// RECORDS.md 4: exact allow, exact deny, range, category.
const ORDER: readonly (readonly [entries: readonly StopEntry[], verdict: string])[] = [
  [[], 'clear'],
  [[entry(CARD, 'decline')], 'decline uid'],
  [[entry(CARD, 'allow')], 'clear'],
  [[entry(CARD, 'decline'), entry(CARD, 'allow')], 'clear'],
  [[entry(PAN, 'decline'), entry(CARD, 'allow')], 'clear'],
  [[entry(PENSIONERS, 'decline'), entry(CARD, 'allow')], 'clear'],
  [[entry(RANGE, 'decline'), entry(CARD, 'allow')], 'clear'],
  [[entry(PENSIONERS, 'decline'), entry(CARD, 'warn')], 'warn uid'],
  [[entry(PENSIONERS, 'decline'), entry(RANGE, 'warn')], 'warn binRange'],
  [[entry(RANGE, 'decline'), entry(CARD, 'warn')], 'warn uid'],
  [[entry(PENSIONERS, 'decline'), entry(RANGE, 'allow')], 'clear'],
  [[entry(RANGE, 'decline'), entry(PENSIONERS, 'allow')], 'decline binRange'],
  [[entry(CARD, 'decline'), entry(PENSIONERS, 'allow')], 'decline uid'],
  [[entry(CARD, 'warn'), entry(CARD, 'alert-inspector')], 'alert-inspector uid'],
  [[entry(CARD, 'alert-inspector'), entry(CARD, 'treat-as')], 'treat-as uid'],
  [[entry(CARD, 'treat-as'), entry(PAN, 'decline')], 'decline pan'],
  [[entry(CARD, 'decline'), entry(PAN, 'block-on-card')], 'block-on-card pan'],
  [[entry(CARD, 'decline'), entry(PAN, 'decline')], 'decline uid'],
];

test('the nearest rank decides, and in it an allow beats every block and the strongest block the others', () => {
  for (const [entries, verdict] of ORDER) {
    const told = entries.map(({ subject, effect }) => `${effect} ${subject.kind}`).join(', ');
    assert.is(effectOf(verdictOf(entries, ASKED, NOON)), verdict, told);
  }
});

test('an entry holds from its first moment to just before its last', () => {
  const bounded = { validFrom: NOON, validTo: epoch(NOON + 1000) };
  const cases = [
    [-1, 'clear'],
    [0, 'decline uid'],
    [999, 'decline uid'],
    [1000, 'clear'],
  ] as const;
  for (const [after, verdict] of cases) {
    const found = verdictOf([entry(CARD, 'decline', bounded)], ASKED, epoch(NOON + after));
    assert.is(effectOf(found), verdict, `${after} ms after`);
  }
});

test('only an entry for one medium, everywhere and without an end, is written on a card', () => {
  const cases: readonly (readonly [entry: StopEntry, verdict: string])[] = [
    [entry(CARD, 'block-on-card', { validFrom: NOON }), 'block-on-card uid'],
    [entry(CARD, 'block-on-card', { validTo: epoch(NOON + 1) }), 'decline uid'],
    [entry(CARD, 'block-on-card', { scope: { modes: ['tram'] } }), 'decline uid'],
    [entry(PENSIONERS, 'block-on-card'), 'decline category'],
    [entry(RANGE, 'block-on-card'), 'decline binRange'],
  ];
  for (const [listed, verdict] of cases)
    assert.is(effectOf(verdictOf([listed], { ...ASKED, mode: 'tram' }, NOON)), verdict);
});

test('an allow that does not hold any more allows nothing', () => {
  const over = entry(CARD, 'allow', { validTo: NOON });
  assert.is(effectOf(verdictOf([over, entry(PENSIONERS, 'decline')], ASKED, NOON)), 'decline category');
});

test('an entry holds only in its scope, and where the place is not known it does not hold', () => {
  const cases: readonly (readonly [scope: Scope, asked: Asked, verdict: string])[] = [
    [{}, { tokens: [] }, 'decline uid'],
    [{ carriers: ['tmn-1', 'tmn-2'] }, ASKED, 'decline uid'],
    [{ carriers: ['tmn-2'] }, ASKED, 'clear'],
    [{ carriers: ['tmn-1'] }, { tokens: [] }, 'clear'],
    [{ modes: ['bus'] }, ASKED, 'decline uid'],
    [{ modes: ['tram'] }, ASKED, 'clear'],
    [{ application: 'transit' }, ASKED, 'decline uid'],
    [{ application: 'mir' }, ASKED, 'clear'],
    [{ application: 'transit', carriers: ['tmn-1'], modes: ['tram'] }, ASKED, 'clear'],
  ];
  for (const [scope, asked, verdict] of cases) {
    assert.is(
      effectOf(verdictOf([entry(CARD, 'decline', { scope })], asked, NOON)),
      verdict,
      JSON.stringify(scope),
    );
  }
});

test('a verdict carries the reason, the words for the rider and the category to charge by', () => {
  const found = verdictOf([entry(CARD, 'treat-as', { riderText: 'Renew your proof' })], ASKED, NOON);
  assert.equal(found, {
    kind: 'listed',
    effect: 'treat-as',
    reason: 'administrative',
    category: 'general',
    riderText: 'Renew your proof',
    subject: CARD,
  });
});

test('both ends of a BIN range are in it, however short they are written', () => {
  const cases = [
    ['21999999', false],
    ['22000000', true],
    ['22049999', true],
    ['22050000', false],
  ] as const;
  for (const [bin, inside] of cases) {
    assert.is(inBinRange(bin, { kind: 'binRange', from: '2200', to: '2204' }), inside, bin);
  }
});

test('a list is early, fresh, stale and expired at the very moments it names', () => {
  const envelope = {
    schema: 1,
    listId: 'l',
    kind: 'stop-list',
    issuer: 'i',
    realm: 'test',
    version: 1,
    createdAt: NOON,
    effectiveAt: NOON,
    staleAfter: epoch(NOON + 10),
    expiresAt: epoch(NOON + 20),
    count: 0,
    rootHash: '',
    tokenKeyIds: [],
  } as const;
  const cases = [
    [-1, 'early'],
    [0, 'fresh'],
    [9, 'fresh'],
    [10, 'stale'],
    [19, 'stale'],
    [20, 'expired'],
  ] as const;
  for (const [after, freshness] of cases) assert.is(freshnessAt(envelope, epoch(NOON + after)), freshness);
  assert.is(freshnessAt(undefined, NOON), 'missing');
});

test.run();
