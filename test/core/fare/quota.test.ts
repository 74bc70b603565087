import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { DAY_MS, type EpochMs, epoch } from '../../../src/core/time.ts';
import { readEdited } from '../../tariffs.ts';
import { type Card, local, PUPIL, Rider, STUDENT, said } from './rider.ts';

/** A moment of the service day `index` of March, seconds after seven. */
const inMarch = (index: number, afterS = 0): EpochMs =>
  epoch(local('2026-03-01 07:00:00', afterS) + index * DAY_MS);

/** Published for March 2026: pupils 44, students 52. */
const MARCH: [name: string, card: Card, rides: number, price: string][] = [
  ['a pupil', PUPIL, 44, '8.40 concession'],
  ['a student', STUDENT, 52, '21.00 concession'],
];

for (const [name, card, quota, price] of MARCH) {
  test(`${name} has ${quota} rides in March 2026, then pays the general fare until the first`, () => {
    const rider = new Rider(card);
    for (let ride = 0; ride < quota; ride++) {
      const rated = rider.tap(`trip-${ride}`, inMarch(ride >> 1, (ride & 1) * 7200));
      assert.is(said(rated), price, `ride ${ride + 1}`);
      assert.equal([rated.quotaBefore, rated.quotaAfter], [quota - ride, quota - ride - 1]);
    }
    const spent = rider.tap('trip-more', inMarch(27));
    assert.is(said(spent), '37.00 quota-spent');
    assert.equal([spent.quotaBefore, spent.quotaAfter], [0, 0]);
    assert.is(said(rider.tap('trip-even-more', inMarch(28))), '37.00 quota-spent');
  });
}

test('with the quota spent a pupil has the general card’s transfer too', () => {
  const rider = new Rider(PUPIL);
  const quotaUsed = { month: 202603, used: 44 };
  const rides = [0, 600, 1200].map((afterS, index) =>
    rider.tap(`trip-${index}`, inMarch(10, afterS), { quotaUsed }),
  );
  assert.equal(rides.map(said), ['37.00 quota-spent', '0.00 free-transfer', '37.00 quota-spent']);
  assert.is(rides[1]?.journeyRef, 'tap-1');
});

test('on a bank card a spent quota brings no transfer', () => {
  const rider = new Rider({ ...PUPIL, mediumClass: 'bank-card' });
  const quotaUsed = { month: 202603, used: 44 };
  const rides = [0, 600].map((afterS, index) =>
    rider.tap(`trip-${index}`, inMarch(10, afterS), { quotaUsed }),
  );
  assert.equal(rides.map(said), ['37.00 quota-spent', '37.00 quota-spent']);
});

test('the last ride of the quota is still a concession, and its transfer is not free', () => {
  const rider = new Rider(PUPIL);
  const quotaUsed = { month: 202603, used: 43 };
  const rides = [0, 600, 1200].map((afterS, index) =>
    rider.tap(`trip-${index}`, inMarch(10, afterS), { quotaUsed }),
  );
  assert.equal(rides.map(said), ['8.40 concession', '37.00 quota-spent', '0.00 free-transfer']);
});

const APRIL = ['tariff.yaml', '2026-03: 44 }', '2026-03: 44, 2026-04: 40 }'] as const;

test('what is left lapses on the first, and so does what was used', () => {
  const { tariff } = readEdited(APRIL);
  const spender = new Rider(PUPIL, tariff);
  const quotaUsed = { month: 202603, used: 44 };
  spender.tap('a', inMarch(30), { quotaUsed });
  const saver = new Rider(PUPIL, tariff);
  saver.tap('a', inMarch(30));
  // The first begins with the service day: the night line belongs to March.
  assert.is(said(spender.tap('night', local('2026-04-01 02:59:59'), { quotaUsed })), '37.00 quota-spent');
  const [rich, poor] = [saver, spender].map(rider =>
    rider.tap('b', local('2026-04-01 03:00:00'), { quotaUsed }),
  );
  assert.equal([rich?.quotaBefore, rich?.quotaAfter], [40, 39]);
  assert.equal([poor?.quotaBefore, poor?.quotaAfter], [40, 39]);
});

test('a month that is not published is ridden on the concession, and the record says that nobody knew', () => {
  const rider = new Rider(PUPIL);
  const rated = rider.tap('a', local('2026-04-15 07:30:00'));
  assert.is(said(rated), '8.40 concession');
  assert.equal(rated.graced, ['quota-unknown']);
  assert.equal([rated.quotaBefore, rated.quotaAfter], [undefined, undefined]);
  assert.equal(rider.state?.quota, { month: 202604, used: 1 }, 'and still counted');
});

test('where the tariff says so, a month that is not published pays the general fare', () => {
  const { tariff } = readEdited(['tariff.yaml', 'unpublished: grace', 'unpublished: fallback']);
  const rider = new Rider(PUPIL, tariff);
  const rides = ['a', 'b'].map((trip, index) => rider.tap(trip, local('2026-04-15 07:30:00', index * 600)));
  assert.equal(rides.map(said), ['37.00 fare-paid', '0.00 free-transfer']);
  assert.equal(rides[0]?.graced, []);
});

const COUNTS: [
  name: string,
  own: number,
  synced: { month: number; used: number } | undefined,
  before: number,
][] = [
  ['nothing is known elsewhere', 3, undefined, 41],
  ['other vehicles counted more', 3, { month: 202603, used: 20 }, 24],
  ['the vehicle itself counted more', 3, { month: 202603, used: 1 }, 41],
  ['what was synced is of another month', 3, { month: 202602, used: 40 }, 41],
  ['more were used than there are', 3, { month: 202603, used: 99 }, 0],
];

for (const [name, own, quotaUsed, before] of COUNTS) {
  test(`of 44 rides ${before} are left when ${name}`, () => {
    const rider = new Rider(PUPIL);
    for (let ride = 0; ride < own; ride++) rider.tap(`trip-${ride}`, inMarch(1, ride * 600));
    const rated = rider.tap('now', inMarch(2), quotaUsed === undefined ? {} : { quotaUsed });
    assert.is(rated.quotaBefore, before);
  });
}

test('a refused ride uses no quota', () => {
  const rider = new Rider(PUPIL);
  rider.tap('a', inMarch(1));
  assert.is(said(rider.tap('a', inMarch(1, 5))), '- passback');
  assert.is(rider.tap('b', inMarch(1, 600)).quotaBefore, 43);
});

test('a clock that is months behind does not bring used rides back', () => {
  const rider = new Rider(PUPIL);
  rider.tap('a', inMarch(1), { quotaUsed: { month: 202603, used: 43 } });
  rider.tap('b', local('2025-10-01 07:30:00'));
  assert.is(said(rider.tap('c', inMarch(2))), '37.00 quota-spent');
});

const [HALF, GENERAL] = ['21.00 concession', '37.00 out-of-season'];
const PUPILS = '8.40 concession';
/** Students from September to June, pupils in the school year; each day is the service day, which begins at three. */
const SEASONS: [card: Card, moment: string, said: string][] = [
  [PUPIL, '2026-05-31 12:00:00', PUPILS],
  [PUPIL, '2026-06-01 02:59:59', PUPILS],
  [PUPIL, '2026-06-01 03:00:00', GENERAL],
  [PUPIL, '2026-08-31 12:00:00', GENERAL],
  [PUPIL, '2026-09-01 02:59:59', GENERAL],
  [PUPIL, '2026-09-01 03:00:00', PUPILS],
  [PUPIL, '2026-12-31 23:59:59', PUPILS],
  [PUPIL, '2027-01-01 12:00:00', PUPILS],
  [PUPIL, '2024-02-29 12:00:00', PUPILS],
  [STUDENT, '2026-06-30 12:00:00', HALF],
  [STUDENT, '2026-07-01 02:59:59', HALF],
  [STUDENT, '2026-07-01 03:00:00', GENERAL],
  [STUDENT, '2026-08-31 12:00:00', GENERAL],
  [STUDENT, '2026-09-01 03:00:00', HALF],
];

for (const [card, moment, expected] of SEASONS) {
  test(`a ${card.category} at ${moment} pays ${expected}`, () => {
    assert.is(said(new Rider(card).tap('25', local(moment))), expected);
  });
}

test('out of season a pupil has the general card’s transfer', () => {
  const rider = new Rider(PUPIL);
  rider.tap('25', local('2026-07-15 07:30:00'));
  assert.is(said(rider.tap('30', local('2026-07-15 08:30:00'))), '0.00 free-transfer');
});

test('a season within one year has both its days', () => {
  const { tariff } = readEdited(['tariff.yaml', "from: '09-01', to: '05-31'", "from: '02-10', to: '02-20'"]);
  const on = (day: string) => said(new Rider(PUPIL, tariff).tap('25', local(`2026-${day} 12:00:00`)));
  assert.equal(['02-09', '02-10', '02-20', '02-21'].map(on), [GENERAL, PUPILS, PUPILS, GENERAL]);
});

test('a fallback that is out of its own season falls back in turn', () => {
  const { tariff } = readEdited(
    ['tariff.yaml', '    fallback: general\n    quota: pupil', '    fallback: youth\n    quota: pupil'],
    [
      'tariff.yaml',
      '  pensioner: {',
      "  youth: { ridersPerTrip: 1, fallback: general, season: { from: '06-01', to: '06-30' }, source: assumed }\n  pensioner: {",
    ],
    [
      'tariff.yaml',
      'transfers:',
      '  - { category: youth, product: 3, percent: 75, of: { fareProduct: single, fareMedia: cash }, rest: region, source: assumed }\n\ntransfers:',
    ],
  );
  const on = (day: string) => said(new Rider(PUPIL, tariff).tap('25', local(`2026-${day} 12:00:00`)));
  assert.equal(['05-31', '06-15', '07-15'].map(on), [PUPILS, '31.50 out-of-season', GENERAL]);
  // Spent in March, which is in nobody's season but the pupil's own.
  const spent = new Rider(PUPIL, tariff).tap('25', inMarch(1), { quotaUsed: { month: 202603, used: 44 } });
  assert.is(said(spent), '37.00 quota-spent');
});

test.run();
