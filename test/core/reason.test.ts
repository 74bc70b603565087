import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { decisionOf, GRACES, REASONS, riderText } from '../../src/core/reason.ts';

/** Numbers on the wire are places in these lists: new words go to the end, and none is ever moved or taken out. */
test('reasons and graces keep the places that they were given', () => {
  assert.equal(REASONS.slice(0, 16), [
    'fare-paid',
    'free-transfer',
    'concession',
    'free-ride',
    'further-rider',
    'quota-spent',
    'passback',
    'group-limit',
    'blocked',
    'random-uid',
    'medium-not-accepted',
    'no-fare',
    'entitlement-unknown',
    'clock-unset',
    'stop-list-stale',
    'out-of-service',
  ]);
  assert.equal(GRACES.slice(0, 6), [
    'stop-unknown',
    'clock-unsynced',
    'stop-list-stale',
    'quota-unknown',
    'entitlement-unknown',
    'stop-list-warning',
  ]);
});

test('every reason has words in both languages, and no two the same', () => {
  for (const language of ['en', 'ru'] as const) {
    const words = REASONS.map(reason => riderText(reason, language));
    assert.is(new Set(words).size, REASONS.length);
    assert.ok(words.every(text => text.length > 0 && text.length <= 40));
  }
  assert.ok(REASONS.every(reason => /[а-я]/.test(riderText(reason, 'ru'))));
});

test('a reason is accepted or declined for ever', () => {
  const accepted = REASONS.filter(reason => decisionOf(reason) === 'accepted');
  assert.equal(accepted, [
    ...REASONS.slice(0, 6),
    'proof-expired',
    'transfer',
    'pass',
    'capped',
    'best-value',
    'points-redeemed',
    'journey-begun',
    'same-stop',
    'incomplete-journey',
    'purse-loaded',
    'exit-not-needed',
    'end-unknown',
    'out-of-season',
    'check-paid',
  ]);
});

test.run();
