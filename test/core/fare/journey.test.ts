import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { Passenger, railway, told } from './rail.ts';

const RAILWAY = railway();

test('an exit closes the journey and charges it from end to end', () => {
  const rider = new Passenger(RAILWAY);
  assert.is(told(rider.enters('a1', 0)), '- journey-begun');
  const exit = rider.leaves('c1', 40);
  assert.is(told(exit), '4.00 fare-paid');
  assert.is(exit.journeyRef, 'tap-1');
});

test('what a journey costs is an estimate until it ends', () => {
  const rider = new Passenger(RAILWAY);
  assert.is(rider.enters('a1', 0).finality, 'estimate');
  assert.is(rider.leaves('c1', 40).finality, 'final');
});

test('an entry where the last journey was never left closes that one at the maximum fare', () => {
  const rider = new Passenger(RAILWAY);
  rider.enters('a1', 0);
  const second = rider.enters('b1', 600);
  assert.is(told(second), '[9.00] - journey-begun');
  assert.equal(
    second.closed?.map(({ journeyRef }) => journeyRef),
    ['tap-1'],
  );
  assert.is(told(rider.leaves('c1', 620)), '3.00 fare-paid');
});

test('the maximum fare is that of the end that is known', () => {
  const rider = new Passenger(RAILWAY);
  rider.enters('c1', 0);
  assert.is(told(rider.enters('a1', 600)), '[10.00] - journey-begun');
});

test('an exit without an entry is an incomplete journey', () => {
  assert.is(told(new Passenger(RAILWAY).leaves('b1', 0)), '9.00 incomplete-journey');
  assert.is(told(new Passenger(RAILWAY).leaves('c1', 0)), '10.00 incomplete-journey');
});

test('a second exit at the same stop within the passback window is the same exit', () => {
  const rider = new Passenger(RAILWAY);
  rider.enters('a1', 0);
  rider.leaves('b1', 20);
  assert.is(told(rider.leaves('b1', 20.5)), '- passback');
  assert.is(told(rider.leaves('b1', 40)), '9.00 incomplete-journey');
});

test('a second entry at the same stop within the passback window is the same entry', () => {
  const rider = new Passenger(RAILWAY);
  rider.enters('a1', 0);
  assert.is(told(rider.enters('a1', 0.5)), '- passback');
  assert.is(told(rider.leaves('b1', 20)), '3.00 fare-paid');
});

const HELD_TWICE: [inclusive: boolean, afterS: number, entry: string, exit: string][] = [
  [true, 59, '- passback', '- passback'],
  [true, 60, '- passback', '- passback'],
  [true, 61, '[9.00] - journey-begun', '9.00 incomplete-journey'],
  [false, 59, '- passback', '- passback'],
  [false, 60, '[9.00] - journey-begun', '9.00 incomplete-journey'],
];

for (const [inclusive, afterS, entry, exit] of HELD_TWICE) {
  test(`${afterS} s later at the same stop, the limit ${inclusive ? 'in' : 'out'}: ${entry}, ${exit}`, () => {
    const tariff = railway(['refuse: 1 min', `refuse: 1 min, inclusive: ${inclusive}`]);
    const [entering, leaving] = [new Passenger(tariff), new Passenger(tariff)];
    entering.enters('a1', 0);
    assert.is(told(entering.enters('a1', afterS / 60)), entry);
    leaving.enters('a1', 0);
    leaving.leaves('b1', 20);
    assert.is(told(leaving.leaves('b1', 20 + afterS / 60)), exit);
  });
}

const ENDS: [name: string, stopId: string, expected: string][] = [
  ['where one came in', 'a1', '0.00 same-stop'],
  ['at a stop that nobody knows', 'nowhere', '[9.00] - end-unknown'],
];

for (const [name, stopId, expected] of ENDS) {
  test(`a second exit ${name}, held there at once, is the same exit`, () => {
    const rider = new Passenger(RAILWAY);
    rider.enters('a1', 0);
    assert.equal(
      [1, 1.5, 40].map(minute => told(rider.leaves(stopId, minute))),
      [expected, '- passback', '9.00 incomplete-journey'],
    );
  });
}

const SAME_STOP: [afterS: number, told: string][] = [
  [119, '0.00 same-stop'],
  [120, '0.00 same-stop'],
  [121, '1.00 same-stop'],
  [1800, '1.00 same-stop'],
  [1801, '9.00 same-stop'],
];

for (const [afterS, expected] of SAME_STOP) {
  test(`out where one came in, after ${afterS} s: ${expected}`, () => {
    const rider = new Passenger(RAILWAY);
    rider.enters('a1', 0);
    assert.is(told(rider.leaves('a1', afterS / 60)), expected);
    assert.is(told(rider.enters('a1', 60)), '- journey-begun', 'the way is free again');
  });
}

const MAXIMUM: [to: string, afterS: number, told: string][] = [
  ['a2', 3600, '2.00 fare-paid'],
  ['a2', 3601, '[9.00] 9.00 incomplete-journey'],
  ['b1', 5400, '3.00 fare-paid'],
  ['b1', 5401, '[9.00] 9.00 incomplete-journey'],
  ['c1', 7200, '4.00 fare-paid'],
  ['c1', 7201, '[9.00] 10.00 incomplete-journey'],
];

for (const [to, afterS, expected] of MAXIMUM) {
  test(`from a1 to ${to} in ${afterS} s: ${expected}`, () => {
    const rider = new Passenger(RAILWAY);
    rider.enters('a1', 0);
    assert.is(told(rider.leaves(to, afterS / 60)), expected);
  });
}

const LINKED: [stop: string, afterS: number, told: string[]][] = [
  ['b1', 599, ['- journey-begun', '1.00 fare-paid']],
  ['b2', 600, ['- journey-begun', '1.00 fare-paid']],
  ['b2', 601, ['- journey-begun', '3.00 fare-paid']],
  ['a2', 60, ['- journey-begun', '4.00 fare-paid']],
];

for (const [stop, afterS, expected] of LINKED) {
  test(`out at b1 and in at ${stop} after ${afterS} s, on to c1: ${expected.join(', ')}`, () => {
    const rider = new Passenger(RAILWAY);
    rider.enters('a1', 0);
    assert.is(told(rider.leaves('b1', 20)), '3.00 fare-paid');
    assert.equal([rider.enters(stop, 20 + afterS / 60), rider.leaves('c1', 60)].map(told), expected);
  });
}

test('out at a stop that nobody knows there is no fare to guess: the journey is incomplete, once', () => {
  const rider = new Passenger(RAILWAY);
  rider.enters('a1', 0);
  const left = rider.leaves('nowhere', 10);
  assert.is(told(left), '[9.00] - end-unknown');
  assert.equal(left.graced, ['stop-unknown']);
  assert.is(told(rider.enters('a1', 60)), '- journey-begun', 'and is over');
});

test('a bus is boarded in the middle of a journey by rail, and changes nothing of it', () => {
  const rider = new Passenger(RAILWAY);
  rider.enters('a1', 0);
  assert.is(told(rider.boards('25', 10)), '1.50 fare-paid');
  assert.is(told(rider.leaves('b1', 20)), '3.00 fare-paid');
});

const DEPOSIT = [
  '    incomplete: { fareProduct: maximum, product: 5, areas: { c: maximum-c } }',
  '    deposit: { fareProduct: deposit, product: 7 }',
] as const;

test('a deposit is taken at entry and given back at exit', () => {
  const rider = new Passenger(railway(DEPOSIT));
  assert.is(told(rider.enters('a1', 0)), '20.00 journey-begun');
  const exit = rider.leaves('c1', 40);
  assert.is(told(exit), '-16.00 fare-paid');
  assert.equal(
    exit.lines.map(({ productId, amountMinor }) => [productId, amountMinor]),
    [
      [3, 400],
      [7, -2000],
    ],
  );
});

test('a deposit of a journey that is never left stays where it is', () => {
  const rider = new Passenger(railway(DEPOSIT));
  rider.enters('a1', 0);
  assert.is(told(rider.enters('b1', 600)), '[0.00] 20.00 journey-begun');
});

const HABIT = [
  '    linking:',
  '    autoCompletion: { perMonth: 2, afterSame: 2, product: 8 }\n    linking:',
] as const;

test('an incomplete journey is completed from habit, so often a month, and marked as that', () => {
  const rider = new Passenger(railway(HABIT));
  for (const day of [0, 1]) {
    rider.enters('a1', day * 1440);
    rider.leaves('b1', day * 1440 + 20);
  }
  const closings = [2, 3, 4, 5].map(day => rider.enters('a1', day * 1440));
  assert.equal(closings.map(told), [
    '- journey-begun',
    '[3.00] - journey-begun',
    '[3.00] - journey-begun',
    '[9.00] - journey-begun',
  ]);
  const [line] = closings[1]?.closed?.[0]?.lines ?? [];
  assert.is(line?.productId, 8);
  assert.ok(line?.ruleIds.includes('auto-completion:rail'));
});

test('a journey of one token may be left on another day, and belongs to the day it began', () => {
  const rider = new Passenger(RAILWAY);
  rider.enters('a1', 20 * 60 + 50);
  assert.is(told(rider.leaves('b1', 21 * 60 + 10)), '3.00 fare-paid');
});

const CAP =
  "caps:\n  - { id: day, product: 5, limit: { amount: '5.00' }, period: { every: day, starts: calendar }, covers: {}, source: assumed }\npassback: {";

test('a journey that ends after its charging day still meets the cap of that day', () => {
  const rider = new Passenger(railway(['passback: {', CAP]));
  // From 07:30: three buses, a train that is entered before 04:30 of the next day, and a bus after it.
  const buses = [0, 60, 120].map(minute => told(rider.boards(`bus-${minute}`, minute)));
  rider.enters('a1', 1250);
  const next = told(rider.boards('night', 1265));
  assert.equal([...buses, next], ['1.50 fare-paid', '1.50 fare-paid', '1.50 fare-paid', '1.50 fare-paid']);
  assert.is(told(rider.leaves('b1', 1275)), '0.50 capped', 'of 5.00 that day');
  assert.is(told(rider.boards('morning', 1290)), '1.50 fare-paid', 'and nothing of it falls on the next');
});

const ELSEWHERE: [name: string, networkId: string | null][] = [
  ['in a network that nobody taps out of', 'bus'],
  ['in a network that nobody knows', 'ferry'],
  ['at a gate that says no network', null],
];

for (const [name, networkId] of ELSEWHERE) {
  test(`an exit ${name} ends the open journey`, () => {
    const rider = new Passenger(RAILWAY);
    rider.enters('a1', 0);
    assert.is(told(rider.leaves('b1', 20, networkId)), '3.00 fare-paid');
    assert.is(told(rider.leaves('b1', 60, networkId)), '- exit-not-needed', 'and there is none any more');
  });
}

test('a deposit is that of the entry, wherever the journey ends', () => {
  const deposit = [
    '    incomplete: {',
    '    deposit: { fareProduct: deposit, product: 7 }\n    incomplete: {',
  ] as const;
  const rider = new Passenger(railway(deposit));
  assert.is(told(rider.enters('a1', 0)), '20.00 journey-begun');
  assert.is(told(rider.leaves('b1', 20, 'bus')), '-17.00 fare-paid');
});

test('a second exit without an entry at the same stop, held there at once, is the same exit', () => {
  const rider = new Passenger(RAILWAY);
  assert.equal([rider.leaves('b1', 0), rider.leaves('b1', 0.5), rider.leaves('b1', 5)].map(told), [
    '9.00 incomplete-journey',
    '- passback',
    '9.00 incomplete-journey',
  ]);
});

test('a journey completed from habit is on the concession only while its quota lasts', () => {
  const tariff = railway(
    [
      'categories: { adult: { ridersPerTrip: 1, source: assumed } }',
      'categories: { adult: { ridersPerTrip: 1, source: assumed }, pupil: { ridersPerTrip: 1, fallback: adult, quota: pupil, source: assumed } }\nquotas: { pupil: { months: { 2026-03: 3 }, unpublished: grace, source: assumed } }',
    ],
    [
      'passback: {',
      'concessions:\n  - { category: pupil, product: 5, percent: 50, of: { fareProduct: far, fareMedia: card }, rest: region, source: assumed }\npassback: {',
    ],
    ['    incomplete: {', '    autoCompletion: { perMonth: 9, afterSame: 2, product: 8 }\n    incomplete: {'],
  );
  const rider = new Passenger(tariff, 'pupil');
  const said = [0, 60, 120, 180, 240].flatMap(minute => {
    const entered = told(rider.enters('a1', minute));
    return minute < 120 ? [told(rider.leaves('b1', minute + 20))] : [entered];
  });
  assert.equal(said, [
    '1.50 concession',
    '1.50 concession',
    '- journey-begun',
    '[1.50] - journey-begun',
    '[3.00] - journey-begun',
  ]);
});

test.run();
