import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { readEdited } from '../../tariffs.ts';
import { city, Holder } from './city.ts';
import { tariffOf } from './folder.ts';
import { Passenger, railway, railwayFiles, told } from './rail.ts';
import {
  BANK,
  type Card,
  GENERAL,
  local,
  PENSIONER,
  PUPIL,
  Rider,
  STUDENT,
  said,
  saidLines,
} from './rider.ts';

const START = '2026-03-02 07:30:00';
const FREE = '0.00 free-transfer';
const PAID = '37.00 fare-paid';

const AFTER: [name: string, afterS: number, said: string][] = [
  ['at once', 0, FREE],
  ['after 59:59', 3599, FREE],
  ['after 60:00, which is in', 3600, FREE],
  ['after 60:01', 3601, PAID],
];

for (const [name, afterS, expected] of AFTER) {
  test(`a second bus ${name} costs ${expected} on the general transport card`, () => {
    const rider = new Rider(GENERAL);
    const first = rider.tap('25', local(START));
    const second = rider.tap('30', local(START, afterS));
    assert.equal([first, second].map(said), [PAID, expected]);
    assert.is(second.journeyRef, expected === FREE ? 'tap-1' : undefined);
  });

  test(`a second bus ${name} costs the full fare on a bank card`, () => {
    const rider = new Rider(BANK);
    assert.equal([rider.tap('25', local(START)), rider.tap('30', local(START, afterS))].map(said), [
      PAID,
      PAID,
    ]);
  });
}

test('where the limit itself is out, the sixtieth minute pays', () => {
  const { tariff } = readEdited(['tariff.yaml', 'inclusive: true', 'inclusive: false']);
  const after = (afterS: number) => {
    const rider = new Rider(GENERAL, tariff);
    rider.tap('25', local(START));
    return said(rider.tap('30', local(START, afterS)));
  };
  assert.equal([3599, 3600, 3601].map(after), [FREE, PAID, PAID]);
});

test('a transfer is one line of 0.00 against what the ride would have cost, by both rules', () => {
  const rider = new Rider(GENERAL);
  rider.tap('25', local(START));
  const { lines } = rider.tap('30', local(START, 600));
  assert.is(saidLines(lines), 'rider 0.00 of 37.00');
  assert.equal(lines[0]?.ruleIds, ['leg:ride::single', 'transfer:general-60']);
  assert.is(lines[0]?.productId, 5);
});

test('one transfer is free, the next ride is paid and opens its own hour', () => {
  const rider = new Rider(GENERAL);
  const rides = [0, 600, 1200, 1800, 2400].map((afterS, index) =>
    rider.tap(`trip-${index}`, local(START, afterS)),
  );
  assert.equal(rides.map(said), [PAID, FREE, PAID, FREE, PAID]);
  assert.equal(
    rides.map(ride => ride.journeyRef),
    [undefined, 'tap-1', undefined, 'tap-3', undefined],
  );
});

test('a free ride opens no hour of its own', () => {
  const rider = new Rider(GENERAL);
  rider.tap('25', local(START));
  assert.is(said(rider.tap('30', local(START, 3500))), FREE);
  assert.is(said(rider.tap('17', local(START, 3700))), PAID);
});

test('the same route may be taken back', () => {
  const rider = new Rider(GENERAL);
  rider.tap('25-out', local(START), { routeId: '25' });
  assert.is(said(rider.tap('25-back', local(START, 1200), { routeId: '25' })), FREE);
});

test('where the tariff refuses the same route, another one is free and an unknown one too', () => {
  const { tariff } = readEdited(['tariff.yaml', 'sameRoute: allowed', 'sameRoute: refused']);
  const second = (routeId: string | undefined) => {
    const rider = new Rider(GENERAL, tariff);
    rider.tap('25-out', local(START), { routeId: '25' });
    return said(rider.tap('other', local(START, 1200), routeId === undefined ? {} : { routeId }));
  };
  assert.equal(['25', '30', undefined].map(second), [PAID, FREE, FREE]);
});

const OTHERS: [name: string, card: Card, first: string, second: string][] = [
  ['a pupil', PUPIL, '8.40 concession', '8.40 concession'],
  ['a student', STUDENT, '21.00 concession', '21.00 concession'],
  ['a pensioner', PENSIONER, '0.00 free-ride', '0.00 free-ride'],
];

for (const [name, card, first, second] of OTHERS) {
  test(`${name} has no transfer, only the concession`, () => {
    const rider = new Rider(card);
    assert.equal([rider.tap('25', local(START)), rider.tap('30', local(START, 600))].map(said), [
      first,
      second,
    ]);
  });
}

test('a transfer counts from the second the card was read in, not its milliseconds', () => {
  const { tariff } = readEdited(['tariff.yaml', 'timeResolution: s', 'timeResolution: min']);
  assert.is(tariff.resolutionMs, 60_000);
});

test('the window goes over midnight and over the change of the service day', () => {
  const rider = new Rider(GENERAL);
  rider.tap('night', local('2026-03-02 02:30:00'));
  assert.is(said(rider.tap('day', local('2026-03-02 03:10:00'))), FREE);
});

test('a clock set back between two rides is no reason to charge twice, and is told', () => {
  const rider = new Rider(GENERAL);
  rider.tap('25', local(START));
  const back = rider.tap('30', local(START, -3600));
  assert.equal([said(back), back.graced], [FREE, ['clock-unsynced']]);
  assert.is(said(rider.tap('31', local(START, 1800))), PAID, 'the transfer was ridden');
});

test('a clock set back further than the window says nothing of it', () => {
  const rider = new Rider(GENERAL);
  rider.tap('25', local(START));
  assert.is(said(rider.tap('30', local(START, -3601))), PAID);
});

test('two free rides are two, where the tariff gives two', () => {
  const { tariff } = readEdited(['tariff.yaml', 'count: 1', 'count: 2']);
  const rider = new Rider(GENERAL, tariff);
  const rides = [0, 600, 1200, 1800].map((afterS, index) => rider.tap(`trip-${index}`, local(START, afterS)));
  assert.equal(rides.map(said), [PAID, FREE, FREE, PAID]);
  assert.equal(
    rides.map(ride => ride.journeyRef),
    [undefined, 'tap-1', 'tap-1', undefined],
  );
});

test('the same trip again, once it is no further rider, is no transfer: nobody has changed vehicles', () => {
  const { tariff } = readEdited(
    ['tariff.yaml', 'count: 1', 'count: 2'],
    ['tariff.yaml', 'refuse: 50 min', 'refuse: 5 min'],
  );
  const rider = new Rider(GENERAL, tariff);
  const rides = (['A', 'A', 'B', 'B'] as const).map((trip, index) =>
    rider.tap(trip, local(START, index * 1000)),
  );
  assert.equal(rides.map(said), [PAID, PAID, FREE, PAID]);
});

test('where a free ride opens a window, the chain goes on for as long as each change is in time', () => {
  const { tariff } = readEdited(['tariff.yaml', 'freeRideOpensWindow: false', 'freeRideOpensWindow: true']);
  const rider = new Rider(GENERAL, tariff);
  const rides = [0, 3600, 7200, 10_801].map((afterS, index) =>
    rider.tap(`trip-${index}`, local(START, afterS)),
  );
  assert.equal(rides.map(said), [PAID, FREE, FREE, PAID]);
  assert.equal(
    rides.map(ride => ride.journeyRef),
    [undefined, 'tap-1', 'tap-1', undefined],
  );
});

const RULE = (id: string, words: string) =>
  `  - { id: ${id}, product: 9, window: 60 min, inclusive: true, count: 5, sameRoute: allowed, media: [card], categories: [adult], groupCovered: false, freeRideOpensWindow: false, ${words}, source: assumed }\n`;

test('of several rules that a ride continues by, the one that leaves least to pay is the rider’s', () => {
  const rules = (first: string, second: string) => `transfers:\n${first}${second}`;
  const ridden = (text: string) => {
    const holder = new Holder(city(text));
    return ['bus', 'tram', 'bus'].map((network, index) =>
      holder.rides(network, `2026-03-02 08:${index}0:00`),
    );
  };
  const [among, dearer] = [RULE('among', 'networks: [bus]'), RULE('dearer', 'price: difference')];
  const said = ['1.00 fare-paid', '1.50 transfer', '0.00 free-transfer'];
  assert.equal([ridden(rules(among, dearer)), ridden(rules(dearer, among))], [said, said]);
});

/** A railway of 15 km, a base of 1.12 and 0.196 a kilometre, of which this is taken off. */
function byDistance(discount: string): Passenger {
  const files = railwayFiles([
    'passback: {',
    `distances: [{ fareProduct: far, steps: [{ everyMetres: 1000, add: '0.196', begun: false }], source: assumed }]
discounts: [{ id: d, product: 5, covers: {}, ${discount}, source: assumed }]
transfers:
  - { id: t, product: 5, window: 35 min, from: last-exit, inclusive: true, count: unlimited, sameRoute: allowed, media: [card], categories: [adult], price: without-base, groupCovered: false, freeRideOpensWindow: false, source: assumed }
passback: {`,
  ]);
  return new Passenger(
    tariffOf({
      ...files,
      'fare_products.txt': files['fare_products.txt']?.replace('far,card,3.00', 'far,card,1.12') ?? '',
      'distances.txt': 'from_area_id,to_area_id,metres\na,b,15000\n',
    }),
  );
}

const WITHOUT_BASE: [discount: string, whole: string, way: string][] = [
  ['percent: 100', '4.06', '2.94'],
  // 60 % of 4.06 is 2.436, of 2.94 it is 1.764.
  ['percent: 60', '2.44', '1.76'],
  ['percent: 0', '0.00', '0.00'],
  ["minus: '1.00'", '3.06', '2.94'],
  // More than the base: the rest is taken off the way.
  ["minus: '2.00'", '2.06', '2.06'],
];

for (const [discount, whole, way] of WITHOUT_BASE) {
  test(`of ${whole}, after ${discount}, the way without its base is ${way}`, () => {
    const rider = byDistance(discount);
    rider.enters('a1', 0);
    const first = rider.leaves('b1', 20);
    rider.enters('b1', 40);
    const second = rider.leaves('a1', 60);
    assert.equal(
      [first, second].map(ride => told(ride).split(' ')[0]),
      [whole, way],
    );
  });
}

test('a transfer between journeys that are left by a tap is one journey, and a cap may count those', () => {
  const journeys = (limit: string) =>
    railway([
      'passback: {',
      `caps:\n  - { id: c, product: 5, limit: ${limit}, period: { every: day, starts: calendar }, covers: {}, beyond: 50, source: assumed }
transfers:
  - { id: t, product: 5, window: 60 min, inclusive: true, count: 1, sameRoute: allowed, otherNetwork: true, media: [card], categories: [adult], price: { minus: '0.50' }, groupCovered: false, freeRideOpensWindow: false, source: assumed }
passback: {`,
    ]);
  const day = (limit: string) => {
    const rider = new Passenger(journeys(limit));
    return [0, 120, 240].flatMap(minute => {
      rider.enters('a1', minute);
      const rail = rider.leaves('b1', minute + 20);
      const bus = rider.boards(`bus-${minute}`, minute + 30);
      assert.is(bus.journeyRef, rail.journeyRef);
      return [rail, bus].map(ride => told(ride).split(' ')[0]);
    });
  };
  // A train and a bus are two rides and one journey: half is paid after two of them.
  assert.equal(day('{ rides: 2 }'), ['3.00', '1.00', '1.50', '0.50', '1.50', '0.50']);
  assert.equal(day('{ journeys: 2 }'), ['3.00', '1.00', '3.00', '1.00', '1.50', '0.50']);
});

test.run();
