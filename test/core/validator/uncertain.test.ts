import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { MediumForm } from '../../../src/core/card/face.ts';
import type { Listed } from '../../../src/core/list/verdict.ts';
import type { Clock } from '../../../src/core/tap.ts';
import type { Tariff } from '../../../src/core/tariff/tariff.ts';
import type { ServiceDate } from '../../../src/core/time.ts';
import type { VehicleEvent } from '../../../src/core/validator/event.ts';
import { type Edit, readEdited } from '../../tariffs.ts';
import { TYUMEN } from '../fare/rider.ts';
import { Bench, CLOCK, card, entitled, type Known, PLACE, presented } from './bench.ts';

const KNOWN: Known = {};
const UNSET: Clock = { state: 'unset', offsetMs: 0, uncertaintyMs: 0 };
const { stopId: _stop, ...NO_STOP } = PLACE;
const nowhere: VehicleEvent = { kind: 'placed', place: NO_STOP };
const unset: VehicleEvent = { kind: 'clock', clock: UNSET };
const noList: Known = { noEntitlements: true };

/** What each kind of uncertainty does where the tariff lets it pass, and where it does not. */
const UNCERTAIN: [
  name: string,
  key: string,
  event: VehicleEvent | undefined,
  known: Known,
  grace: string,
  declined: string,
][] = [
  ['the stop is not known', 'noStop', nowhere, KNOWN, 'stop-unknown', 'no-fare'],
  ['the clock was never set', 'noClock', unset, KNOWN, 'clock-unsynced', 'clock-unset'],
  [
    'the stop list is stale',
    'staleStopList',
    undefined,
    { stopListStale: true },
    'stop-list-stale',
    'stop-list-stale',
  ],
  [
    'no entitlements were ever loaded',
    'noEntitlement',
    undefined,
    noList,
    'entitlement-unknown',
    'entitlement-unknown',
  ],
];

for (const [name, key, event, known, grace, declined] of UNCERTAIN) {
  test(`when ${name} the ride is graced by name, or declined where the tariff says so`, () => {
    const outcome = (tariff: Tariff) => {
      const bench = new Bench(tariff).knowing(known);
      if (event !== undefined) bench.step(event);
      bench.run(presented('front', card(1), 0));
      return bench.commits[0]?.body;
    };
    const graced = outcome(TYUMEN);
    assert.equal([graced?.decision, graced?.reason, graced?.graced], ['accepted', 'fare-paid', [grace]]);
    const strict = outcome(readEdited(['tariff.yaml', `${key}: grace`, `${key}: decline`]).tariff);
    assert.equal([strict?.decision, strict?.reason, strict?.graced], ['declined', declined, undefined]);
    assert.is(strict?.lines, undefined, 'and nothing is charged');
  });
}

test('several uncertainties all stand on the record', () => {
  const bench = new Bench().knowing({ ...noList, stopListStale: true });
  bench.step(nowhere);
  bench.step(unset);
  bench.run(presented('front', card(1), 0));
  assert.equal(bench.commits[0]?.body.graced, [
    'stop-unknown',
    'clock-unsynced',
    'stop-list-stale',
    'entitlement-unknown',
  ]);
});

test('the quota of an unpublished month is one of them', () => {
  const bench = new Bench().knowing({ ...entitled('pupil'), stopListStale: true });
  bench.run(presented('front', card(1), 0, '2026-04-15 07:30:00'));
  assert.equal(bench.commits[0]?.body.graced, ['stop-list-stale', 'quota-unknown']);
});

const listed = (effect: Listed['effect'], more: Partial<Listed> = {}): Known => ({
  verdict: {
    kind: 'listed',
    effect,
    reason: 'administrative',
    subject: { kind: 'uid', keyId: 1, value: '01' },
    ...more,
  },
});

const VERDICTS: [name: string, known: Known, said: string, graced: readonly string[] | undefined][] = [
  ['a card that is blocked', listed('decline'), '- blocked', undefined],
  ['a card that is to be blocked on the chip', listed('block-on-card'), '- blocked', undefined],
  ['a warning', listed('warn'), '37.00 fare-paid', ['stop-list-warning']],
  ['a card the inspector shall see', listed('alert-inspector'), '37.00 fare-paid', ['stop-list-warning']],
];

for (const [name, known, expected, graced] of VERDICTS) {
  test(`${name}: ${expected}`, () => {
    const bench = new Bench().knowing(known);
    assert.equal(bench.run(presented('front', card(1), 0)), [`front: ${expected} #1`]);
    assert.equal(bench.commits[0]?.body.graced, graced);
  });
}

test('the stop list says more than a stale list, an unknown stop or an unset clock', () => {
  const bench = new Bench().knowing({ ...listed('decline'), stopListStale: true });
  bench.step(nowhere);
  bench.step(unset);
  assert.equal(bench.run(presented('front', card(1), 0)), ['front: - blocked #1']);
});

test('a pensioner who is to be treated as general pays as general, and the record says by which list', () => {
  const bench = new Bench().knowing({
    ...entitled('pensioner'),
    ...listed('treat-as', { category: 'general' }),
  });
  assert.equal(bench.run(presented('front', card(1), 0)), ['front: 37.00 fare-paid #1']);
  const body = bench.commits[0]?.body;
  assert.equal([body?.category, body?.categorySource], ['general', 'stop-list']);
});

test('the stop list’s own words are shown to the rider, accepted or not', () => {
  for (const effect of ['decline', 'warn'] as const) {
    const bench = new Bench().knowing(listed(effect, { riderText: 'Call 112' }));
    bench.run(presented('front', card(1), 0));
    const [first] = bench.shown;
    assert.is(first?.shown.kind === 'answer' && first.shown.answer.riderText, 'Call 112');
  }
});

/** A proof is good through its last service day; afterwards the category's fallback pays. */
const EXPIRIES: [moment: string, said: string, category: string][] = [
  ['2026-03-15 12:00:00', '8.40 concession', 'pupil'],
  ['2026-03-16 02:59:59', '8.40 concession', 'pupil'],
  ['2026-03-16 03:00:00', '37.00 proof-expired', 'pupil'],
];

for (const [moment, expected, category] of EXPIRIES) {
  test(`a proof that ends on 15 March, shown at ${moment}: ${expected}`, () => {
    const bench = new Bench().knowing(entitled('pupil', { categoryExpiry: 20260315 as ServiceDate }));
    assert.equal(bench.run(presented('front', card(1), 0, moment)), [`front: ${expected} #1`]);
    assert.is(bench.commits[0]?.body.category, category);
    assert.is(bench.commits[0]?.body.categorySource, 'entitlement');
  });
}

test('an expired proof of a category without a fallback pays the default fare', () => {
  const bench = new Bench().knowing(entitled('pensioner', { categoryExpiry: 20260301 as ServiceDate }));
  assert.equal(bench.run(presented('front', card(1), 0)), ['front: 37.00 proof-expired #1']);
});

test('rides that the entitlement knows of count for the quota', () => {
  const bench = new Bench().knowing(entitled('pupil', { quotaUsed: { month: 202603, used: 44 } }));
  assert.equal(bench.run(presented('front', card(1), 0)), ['front: 37.00 quota-spent #1']);
});

const MEDIA: [name: string, form: MediumForm, known: Known, edits: Edit[], said: string, medium?: string][] =
  [
    ['a storage card is a transport card', 'storage', {}, [], '37.00 fare-paid', 'transport-card'],
    ['a payment application is a bank card', 'bank', {}, [], '37.00 fare-paid', 'bank-card'],
    [
      'the entitlement knows better than the form',
      'iso14443-4',
      entitled('pupil', { mediumClass: 'transport-card' }),
      [],
      '8.40 concession',
      'transport-card',
    ],
    [
      'a form that no medium claims is not taken',
      'bank',
      {},
      [['tariff.yaml', 'recognise: [bank]', 'recognise: []']],
      '- medium-not-accepted',
    ],
    [
      'an entitlement to a medium that the tariff does not know is not taken',
      'storage',
      entitled('pupil', { mediumClass: 'ring' }),
      [],
      '- medium-not-accepted',
    ],
  ];

for (const [name, form, known, edits, expected, medium] of MEDIA) {
  test(name, () => {
    const bench = new Bench(readEdited(...edits).tariff).knowing(known);
    assert.equal(bench.run(presented('front', card(1, form), 0)), [`front: ${expected} #1`]);
    assert.is(bench.commits[0]?.body.mediumClass, medium);
  });
}

/** The tariff of a year says nothing of the days around it, by service days. */
const IN_EFFECT: [moment: string, said: string][] = [
  ['2026-01-01 02:59:59', '- no-fare'],
  ['2026-01-01 03:00:00', '37.00 fare-paid'],
  ['2027-01-01 02:59:59', '37.00 fare-paid'],
  ['2027-01-01 03:00:00', '- no-fare'],
];

const YEAR = readEdited(['tariff.yaml', 'from: 2026-01-01,', 'from: 2026-01-01, to: 2026-12-31,']).tariff;

for (const [moment, expected] of IN_EFFECT) {
  test(`under the tariff of 2026 a ride at ${moment}: ${expected}`, () => {
    assert.equal(new Bench(YEAR).run(presented('front', card(1), 0, moment)), [`front: ${expected} #1`]);
  });
}

test('a clock that was never set says nothing of days: the tariff holds, and the ride is graced', () => {
  const bench = new Bench(YEAR);
  bench.step(unset);
  assert.equal(bench.run(presented('front', card(1), 0, '1970-01-01 05:00:00')), [
    'front: 37.00 fare-paid #1',
  ]);
  assert.equal(bench.commits[0]?.body.graced, ['clock-unsynced']);
  bench.step({ kind: 'clock', clock: CLOCK });
  assert.equal(
    bench.run(presented('rear', card(1), 60)),
    ['rear: 37.00 fare-paid #2'],
    'years later by the set clock',
  );
});

test.run();
