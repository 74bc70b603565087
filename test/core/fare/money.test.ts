/** Passes, purse and points. */
import * as fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { HeldPass } from '../../../src/core/entitlement.ts';
import { statementOf } from '../../../src/core/fare/points.ts';
import type { Rated } from '../../../src/core/fare/rated.ts';
import type { Ride } from '../../../src/core/fare/ride.ts';
import type { MinorUnits } from '../../../src/core/money.ts';
import type { ServiceDate } from '../../../src/core/time.ts';
import { city, Holder } from './city.ts';
import { railway } from './rail.ts';
import { local, Rider } from './rider.ts';

const day = (date: number) => date as ServiceDate;

function pass(words: string): string {
  return `passes:\n  - { id: p, product: 9, ${words}, source: assumed }\n`;
}

const HELD: [name: string, words: string, held: HeldPass, said: [at: string, said: string][]][] = [
  [
    'a pass with dates covers those days and no other',
    'valid: fixed, covers: {}',
    { pass: 'p', from: day(20260303), to: day(20260304) },
    [
      ['2026-03-03 04:29:59', '1.00 fare-paid'],
      ['2026-03-03 04:30:00', '0.00 pass'],
      ['2026-03-05 04:29:59', '0.00 pass'],
      ['2026-03-05 04:30:00', '1.00 fare-paid'],
    ],
  ],
  [
    'a pass from its first use lasts its period from there',
    'valid: first-use, period: { every: { days: 3 }, starts: first-ride }, covers: {}',
    { pass: 'p' },
    [
      ['2026-03-10 08:00:00', '0.00 pass'],
      ['2026-03-12 23:00:00', '0.00 pass'],
      ['2026-03-13 08:00:00', '1.00 fare-paid'],
    ],
  ],
  [
    'a carnet is so many rides',
    'valid: first-use, rides: 2, covers: {}',
    { pass: 'p' },
    [
      ['2026-03-10 08:00:00', '0.00 pass'],
      ['2026-05-10 08:00:00', '0.00 pass'],
      ['2026-05-10 09:00:00', '1.00 fare-paid'],
    ],
  ],
  [
    'a pass of another network is no pass here',
    'valid: fixed, covers: { networks: [tram] }',
    { pass: 'p', from: day(20260301) },
    [['2026-03-10 08:00:00', '1.00 fare-paid']],
  ],
];

for (const [name, words, held, rides] of HELD) {
  test(name, () => {
    const holder = new Holder(city(pass(words)));
    assert.equal(
      rides.map(([at]) => holder.rides('bus', at, { passes: [held] })),
      rides.map(([, said]) => said),
    );
  });
}

test('a pass is personal: whoever rides along pays', () => {
  const holder = new Holder(city(pass('valid: fixed, covers: {}')));
  const along = (second: string) =>
    holder.rides('bus', `2026-03-10 08:00:${second}`, {
      trip: 'one',
      passes: [{ pass: 'p', from: day(20260301) }],
    });
  assert.equal([along('00'), along('10')], ['0.00 pass', '1.00 further-rider']);
});

test('a ride by pass neither opens a transfer nor fills a cap', () => {
  const holder = new Holder(
    city(
      `${pass('valid: first-use, rides: 1, covers: {}')}caps:
  - { id: c, limit: { amount: '1.50' }, period: { every: day, starts: calendar }, covers: {}, product: 9, source: assumed }
transfers:
  - { id: t, product: 9, window: 60 min, inclusive: true, count: 1, sameRoute: allowed, media: [card], categories: [adult], groupCovered: false, freeRideOpensWindow: false, source: assumed }
`,
    ),
  );
  const said = ['08', '09', '10'].map(hour =>
    holder.rides('bus', `2026-03-10 ${hour}:00:00`, { passes: [{ pass: 'p' }] }),
  );
  assert.equal(said, ['0.00 pass', '1.00 fare-paid', '0.00 free-transfer']);
});

function purse(words: string): string {
  return `purse: { media: [card], maximum: '20.00', ${words}, source: assumed }\n`;
}

/** A card whose purse is loaded, and then rides buses an hour apart. */
class Purse {
  readonly #rider: Rider;
  #hours = 0;

  constructor(words: string) {
    this.#rider = new Rider({ mediumClass: 'card', category: 'adult' }, city(purse(words)));
  }

  loads(amountMinor: number): string {
    const rated = this.#tap({ action: 'load', amountMinor: amountMinor as MinorUnits });
    return `${rated.reason} ${rated.purseAfterMinor ?? this.#rider.state?.purseMinor}`;
  }

  rides(): string {
    const rated = this.#tap({ networkId: 'bus' });
    return `${rated.reason} ${this.#rider.state?.purseMinor}`;
  }

  #tap(ride: Parameters<Rider['tap']>[2]): Rated {
    this.#hours += 1;
    return this.#rider.tap(`trip-${this.#hours}`, local('2026-03-02 06:00:00', this.#hours * 3600), ride);
  }
}

test('a purse may go below zero once, down to its floor', () => {
  const card = new Purse("floor: '-0.80'");
  assert.equal(
    [card.loads(130), card.rides(), card.rides(), card.rides(), card.loads(80), card.rides()],
    ['purse-loaded 130', 'fare-paid 30', 'fare-paid -70', 'purse-low -70', 'purse-loaded 10', 'purse-low 10'],
  );
});

test('where the tariff lets it, every ride goes down to the floor', () => {
  const card = new Purse("floor: '-2.00', belowZero: to-floor");
  assert.equal(
    [card.loads(50), card.rides(), card.rides(), card.rides()],
    ['purse-loaded 50', 'fare-paid -50', 'fare-paid -150', 'purse-low -150'],
  );
});

test('a balance that nobody knows refuses nothing', () => {
  assert.is(new Purse("floor: '0.00'").rides(), 'fare-paid undefined');
});

test('no purse holds more than its maximum', () => {
  const card = new Purse("floor: '0.00'");
  assert.equal([card.loads(2000), card.loads(1)], ['purse-loaded 2000', 'purse-full 2000']);
});

const LOYALTY = `loyalty:
  - id: bonus
    partner: bank
    point: '0.10'
    accrual:
      - { id: ride, covers: { networks: [bus] }, points: 2, source: assumed }
      - { id: share, covers: { networks: [tram] }, percent: 10, source: assumed }
      - { id: spring, covers: {}, points: 5, campaign: { from: 2026-03-08, to: 2026-03-09 }, source: assumed }
    redemption: { product: 9, atMost: 50, bearer: partner }
    source: assumed
`;

const EARNED: [network: string, at: string, points: number][] = [
  ['bus', '2026-03-08 04:29:59', 2],
  ['bus', '2026-03-08 04:30:00', 7],
  ['bus', '2026-03-10 04:29:59', 7],
  ['bus', '2026-03-10 04:30:00', 2],
  ['tram', '2026-03-02 08:00:00', 2],
];

for (const [network, at, points] of EARNED) {
  test(`a ${network} on ${at} earns ${points} points`, () => {
    const holder = new Holder(city(LOYALTY));
    holder.rides(network, at);
    assert.equal(holder.state?.points, [{ programme: 'bonus', points }]);
  });
}

test('points pay so much of a ride, in whole points, and the partner bears it on a line of its own', () => {
  const rider = new Rider({ mediumClass: 'card', category: 'adult' }, city(LOYALTY));
  const taps = [0, 1, 2, 3].map(hour =>
    rider.tap(`trip-${hour}`, local('2026-03-02 08:00:00', hour * 3600), {
      networkId: 'bus',
      ...(hour === 3 ? { redeem: ['bonus'] } : {}),
    }),
  );
  assert.equal(
    taps[3]?.lines.map(({ funder, amountMinor }) => [funder, amountMinor]),
    [
      ['rider', 50],
      ['partner', 50],
    ],
  );
  assert.equal(rider.state?.points, [{ programme: 'bonus', points: 6 - 5 + 2 }]);
  const rides = taps.map(({ lines, points }) => ({ lines, points }));
  assert.equal(statementOf('bonus', rides), {
    programme: 'bonus',
    earned: 8,
    redeemed: 5,
    borneMinor: { partner: 50 },
  });
});

test('points are never below zero, and what is taken off a ride is borne to the last kopeck', () => {
  const tariff = city(LOYALTY);
  fc.assert(
    fc.property(
      fc.array(fc.record({ tram: fc.boolean(), redeems: fc.boolean() }), { maxLength: 30 }),
      rides => {
        const rider = new Rider({ mediumClass: 'card', category: 'adult' }, tariff);
        for (const [hour, { tram, redeems }] of rides.entries()) {
          const { lines } = rider.tap(`trip-${hour}`, local('2026-03-02 08:00:00', hour * 3600), {
            networkId: tram ? 'tram' : 'bus',
            ...(redeems ? { redeem: ['bonus'] } : {}),
          });
          const sum = lines.reduce((total, line) => total + line.amountMinor, 0);
          assert.is(sum, tram ? 250 : 100);
          assert.ok((rider.state?.points[0]?.points ?? 0) >= 0);
        }
      },
    ),
    { numRuns: 200 },
  );
});

test('where every ride may go to the floor, a journey may begin below zero too, and not below the floor', () => {
  const words = (belowZero: string) =>
    railway([
      'passback: {',
      `purse: { media: [card], maximum: '20.00', floor: '-5.00', belowZero: ${belowZero}, source: assumed }\npassback: {`,
    ]);
  const begins = (belowZero: string, amountMinor: number) => {
    const rider = new Rider({ mediumClass: 'card', category: 'adult' }, words(belowZero));
    const hint = { minor: amountMinor as MinorUnits, asOfMs: local('2026-03-01 12:00:00') };
    const ride = { action: 'entry', networkId: 'rail', stopId: 'a1', purseHint: hint } as const;
    return rider.tap('a1', local('2026-03-02 08:00:00'), ride).reason;
  };
  assert.equal(
    [begins('once', 0), begins('once', -1), begins('to-floor', -500), begins('to-floor', -501)],
    ['journey-begun', 'purse-low', 'journey-begun', 'purse-low'],
  );
});

test('a balance from before what the rider was seen to do since is no news, however late that is paid', () => {
  const tariff = railway([
    'passback: {',
    "purse: { media: [card], maximum: '90.00', floor: '0.00', belowZero: to-floor, source: assumed }\npassback: {",
  ]);
  const rider = new Rider({ mediumClass: 'card', category: 'adult' }, tariff);
  const at = (minute: number) => local('2026-03-02 08:00:00', minute * 60);
  const enters = (minute: number, more: Partial<Ride> = {}) =>
    rider.tap(`a1-${minute}`, at(minute), { action: 'entry', networkId: 'rail', stopId: 'a1', ...more });
  const hint = { minor: 5000 as MinorUnits, asOfMs: at(10) };
  enters(0, { purseHint: hint });
  rider.tap('shop', at(20), { action: 'load', amountMinor: 1000 as MinorUnits });
  rider.tap('shop', at(15), { action: 'load', amountMinor: 1000 as MinorUnits });
  assert.is(rider.state?.purseAsOfMs, at(20), 'a clock set back');
  // The journey that was never left is closed as of its entry.
  enters(600);
  assert.equal([rider.state?.purseMinor, rider.state?.purseAsOfMs], [7000 - 900, at(20)]);
  enters(1200, { purseHint: { minor: 9000 as MinorUnits, asOfMs: at(18) } });
  assert.is(rider.state?.purseMinor, 7000 - 900 - 900, 'the word of 08:18 is older than the load of 08:20');
});

test.run();
