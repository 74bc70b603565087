/** A journey that was left and goes on is one journey, whatever limits and rights its rider has. */
import * as fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { statementOf } from '../../../src/core/fare/points.ts';
import type { Rated } from '../../../src/core/fare/rated.ts';
import type { Ride } from '../../../src/core/fare/ride.ts';
import { NEW_RIDER, readRiderState } from '../../../src/core/fare/rider.ts';
import { type ChargeLine, riderAmount } from '../../../src/core/record.ts';
import type { Tariff } from '../../../src/core/tariff/tariff.ts';
import { railway } from './rail.ts';
import { local, Rider } from './rider.ts';

const BEFORE = 'passback: {';
const rules = (text: string): Tariff => railway([BEFORE, `${text}${BEFORE}`]);

const CAP = (amount: string) =>
  `caps:\n  - { id: day, product: 5, limit: { amount: '${amount}' }, period: { every: day, starts: calendar }, covers: {}, source: assumed }\n`;

/** No price is whole steps. */
const ROUNDED = (stage: string) => railway(["step: '0.01', stage: line", `step: '1.30', stage: ${stage}`]);

const CLUB = rules(
  "loyalty:\n  - { id: club, partner: shop, point: '0.01', source: assumed, accrual: [{ id: each, covers: {}, points: 7, percent: 10, source: assumed }] }\n",
);

interface Trip {
  readonly state: Rider['state'];
  readonly lines: readonly ChargeLine[];
  /** By whom it is paid. */
  readonly paid: (funder: ChargeLine['funder']) => number;
}

/** `a1 b1 | b2 c1`: in at a1, out at b1, in again at b2 three minutes later, out at c1. */
function trip(
  tariff: Tariff,
  way: string,
  more: Partial<Ride> = {},
  rides: readonly Partial<Ride>[] = [],
): Trip {
  const rider = new Rider({ mediumClass: 'card', category: 'adult' }, tariff);
  let second = 0;
  const rated: Rated[] = rides.map(ride =>
    rider.tap('bus', local('2026-03-02 07:30:00', second++ * 300), ride),
  );
  second = 3600;
  for (const leg of way.split(' | ')) {
    const [from, to] = leg.split(' ');
    const tap = (action: 'entry' | 'exit', stopId: string | undefined, waitS: number) => {
      second += waitS;
      const at = local('2026-03-02 07:30:00', second);
      rated.push(rider.tap(`${stopId}-${second}`, at, { ...more, action, networkId: 'rail', stopId }));
    };
    tap('entry', from, 180);
    tap('exit', to, 600);
  }
  const lines = rated.flatMap(({ lines: own, closed = [] }) => [
    ...closed.flatMap(part => part.lines),
    ...own,
  ]);
  const paid = (funder: ChargeLine['funder']) =>
    lines.filter(line => line.funder === funder).reduce((sum, line) => sum + line.amountMinor, 0);
  return { state: rider.state, lines, paid };
}

const BUSES: readonly Partial<Ride>[] = [{ networkId: 'bus' }, { networkId: 'bus', trip: 'other' }];

const WORLDS: [name: string, tariff: Tariff, more: Partial<Ride>][] = [
  ['nothing else', railway(), {}],
  ['a cap that is reached on the way', rules(CAP('3.50')), {}],
  ['a cap that is reached before', rules(CAP('3.00')), {}],
  [
    'a pass for its first part',
    rules(
      'passes:\n  - { id: p, product: 5, valid: first-use, period: { every: day, starts: calendar }, covers: { areas: [a, b] }, source: assumed }\n',
    ),
    { passes: [{ pass: 'p' }] },
  ],
  [
    'a cap whose pass its first part earns',
    rules(
      'caps:\n  - { id: day, product: 5, limit: { rides: 3 }, gives: p, period: { every: day, starts: calendar }, covers: {}, source: assumed }\npasses:\n  - { id: p, product: 5, valid: fixed, period: { every: day, starts: calendar }, covers: {}, source: assumed }\n',
    ),
    {},
  ],
  ['its sum rounded by journey', ROUNDED('journey'), {}],
  ['its sum rounded by day', ROUNDED('day'), {}],
  [
    'a concession with a quota',
    railway(
      [
        'categories: { adult: { ridersPerTrip: 1, source: assumed } }',
        'categories: { adult: { ridersPerTrip: 1, source: assumed }, pupil: { ridersPerTrip: 1, fallback: adult, quota: pupil, source: assumed } }\nquotas: { pupil: { months: { 2026-03: 1 }, unpublished: grace, source: assumed } }',
      ],
      [
        BEFORE,
        `concessions:\n  - { category: pupil, product: 5, percent: 50, of: { fareProduct: farthest, fareMedia: card }, rest: region, source: assumed }\n${BEFORE}`,
      ],
    ),
    { category: 'pupil' },
  ],
  ['points for every ride', CLUB, {}],
];

for (const [name, tariff, more] of WORLDS) {
  for (const way of ['a1 b1 | b2 c1', 'a1 b1 | b1 a2', 'a1 b1 | b2 b1 | b1 c1']) {
    test(`with ${name}, ${way} comes to the same as the journey in one`, () => {
      const [from, to] = [way.slice(0, 2), way.slice(-2)];
      const [parts, whole] = [way, `${from} ${to}`].map(each => trip(tariff, each, more, BUSES));
      assert.equal(
        ['rider', 'region'].map(funder => parts?.paid(funder as 'rider')),
        ['rider', 'region'].map(funder => whole?.paid(funder as 'rider')),
      );
      for (const key of ['quota', 'caps', 'passes', 'points', 'purseMinor', 'bestValue', 'sums'] as const)
        assert.equal(parts?.state?.[key], whole?.state?.[key], key);
    });
  }
}

test('a journey that went on and was never left costs its maximum fare alone', () => {
  const rider = new Rider({ mediumClass: 'card', category: 'adult' }, rules(CAP('50.00')));
  const tap = (action: 'entry' | 'exit', stopId: string, minute: number) =>
    rider.tap(`${stopId}-${minute}`, local('2026-03-02 07:30:00', minute * 60), {
      action,
      networkId: 'rail',
      stopId,
    });
  tap('entry', 'a1', 0);
  const first = riderAmount(tap('exit', 'b1', 10).lines);
  tap('entry', 'b2', 15);
  const closed = tap('entry', 'a1', 600).closed?.flatMap(({ lines }) => lines) ?? [];
  assert.is(first + riderAmount(closed), 900);
});

test('whatever way is ridden in parts, nobody is ever paid for riding', () => {
  const stop = fc.constantFrom('a1', 'a2', 'b1', 'b2', 'c1');
  const ways = fc.array(fc.tuple(stop, stop), { minLength: 1, maxLength: 4 });
  fc.assert(
    fc.property(fc.constantFrom(...WORLDS), ways, ([, tariff, more], legs) => {
      const way = legs.map(([from, to]) => `${from} ${to}`).join(' | ');
      const ridden = trip(tariff, way, more);
      assert.ok(ridden.paid('rider') >= 0);
      assert.ok(ridden.paid('region') >= 0);
      for (const { counted } of ridden.state?.caps ?? []) assert.ok(counted >= 0);
    }),
    { numRuns: 200 },
  );
});

const earnedOn = (...ends: readonly (readonly ['entry' | 'exit', string])[]): number[] => {
  const rider = new Rider({ mediumClass: 'card', category: 'adult' }, CLUB);
  return ends.map(([action, stopId], index) => {
    const at = local('2026-03-02 07:30:00', index * 300);
    const { points, closed = [] } = rider.tap(`${index}`, at, { action, networkId: 'rail', stopId });
    const rides = [{ lines: [], points }, ...closed];
    return statementOf('club', rides).earned;
  });
};

test('a partner is told the points of a journey that goes on once, and of one that was never left none', () => {
  assert.equal(earnedOn(['entry', 'a1'], ['exit', 'b1'], ['entry', 'b2'], ['exit', 'c1']), [0, 37, 0, 10]);
  assert.equal(earnedOn(['entry', 'a1'], ['exit', 'b1'], ['entry', 'b2'], ['entry', 'a1']), [0, 37, 0, -37]);
});

test('a journey that was under way before points were told apart goes on with the points it has', () => {
  const rider = new Rider({ mediumClass: 'card', category: 'adult' }, CLUB);
  const tap = (action: 'entry' | 'exit', stopId: string, minute: number) =>
    rider.tap(stopId, local('2026-03-02 07:30:00', minute * 60), { action, networkId: 'rail', stopId });
  tap('entry', 'a1', 0);
  tap('exit', 'b1', 10);
  const { journey } = rider.state ?? NEW_RIDER;
  const points = [{ programme: 'club', points: 37 }];
  const written = {
    ...rider.state,
    version: 2,
    journey: { ...journey, priced: { ...journey?.priced, points } },
  };
  rider.state = readRiderState(written);
  tap('entry', 'b2', 15);
  tap('exit', 'c1', 30);
  assert.equal(rider.state?.points, [{ programme: 'club', points: 37 + 47 }]);
});

/** A tap that many minutes after half past seven, and what it cost. */
const paying = (rider: Rider) => (minute: number, ride: Partial<Ride>) =>
  riderAmount(rider.tap(`trip-${minute}`, local('2026-03-02 07:30:00', minute * 60), ride).lines);

function sumsOf(amounts: readonly number[]): number[] {
  let sum = 0;
  return amounts.map(amount => (sum += amount));
}

test('rounded by day, a bus in the middle of a linked journey is rounded with the whole way', () => {
  const rider = new Rider({ mediumClass: 'card', category: 'adult' }, ROUNDED('day'));
  const tap = paying(rider);
  const paid = [
    tap(0, { action: 'entry', networkId: 'rail', stopId: 'a1' }),
    tap(10, { action: 'exit', networkId: 'rail', stopId: 'b1' }),
    tap(12, { networkId: 'bus' }),
    tap(15, { action: 'entry', networkId: 'rail', stopId: 'b2' }),
    tap(30, { action: 'exit', networkId: 'rail', stopId: 'c1' }),
    tap(40, { networkId: 'bus' }),
  ];
  // 3.00, 4.50, then 1.50 and the whole way of 4.00, then 7.00: to steps of 1.30.
  assert.equal(sumsOf(paid), [0, 260, 390, 390, 520, 650]);
});

test('a pass that a bus in the middle has earned as well is not given back with the way so far', () => {
  const tariff = rules(
    'caps:\n  - { id: day, product: 5, limit: { rides: 1 }, beyond: 50, gives: p, period: { every: day, starts: calendar }, covers: {}, source: assumed }\npasses:\n  - { id: p, product: 5, valid: fixed, period: { every: day, starts: calendar }, covers: { networks: [rail] }, source: assumed }\n',
  );
  const rider = new Rider({ mediumClass: 'card', category: 'adult' }, tariff);
  const tap = paying(rider);
  const paid = [
    tap(0, { action: 'entry', networkId: 'rail', stopId: 'a1' }),
    tap(10, { action: 'exit', networkId: 'rail', stopId: 'b1' }),
    tap(12, { networkId: 'bus' }),
    tap(15, { action: 'entry', networkId: 'rail', stopId: 'b2' }),
    tap(30, { action: 'exit', networkId: 'rail', stopId: 'c1' }),
  ];
  assert.equal(paid, [0, 300, 75, 0, -300]);
});

test('a bus in the middle of a linked journey stands, and is counted', () => {
  const rider = new Rider({ mediumClass: 'card', category: 'adult' }, rules(CAP('3.50')));
  const tap = paying(rider);
  const rail = (action: 'entry' | 'exit', stopId: string): Partial<Ride> => ({
    action,
    networkId: 'rail',
    stopId,
  });
  const paid = [
    tap(0, rail('entry', 'a1')),
    tap(10, rail('exit', 'b1')),
    tap(12, { networkId: 'bus' }),
    tap(15, rail('entry', 'b2')),
    tap(30, rail('exit', 'c1')),
  ];
  // The whole way of 4.00 is capped at the 3.00 that its first part has paid.
  assert.equal(paid, [0, 300, 50, 0, 0]);
  assert.is(rider.state?.caps[0]?.counted, 350);
});

test.run();
