/** What is said of a ride when somebody asks why: which rules were looked at, which won, and the arithmetic. */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { Ride } from '../../../src/core/fare/ride.ts';
import { rateTap } from '../../../src/core/fare/settle.ts';
import { Listener, tell } from '../../../src/core/fare/telling.ts';
import type { Tariff } from '../../../src/core/tariff/tariff.ts';
import { serviceDateAt } from '../../../src/core/time.ts';
import { cityFiles } from './city.ts';
import { tariffOf } from './folder.ts';
import { railway } from './rail.ts';
import { local, STUDENT, TYUMEN } from './rider.ts';

function told(tariff: Tariff, more: Partial<Ride>, wasFreshFrom: Partial<Ride>[] = []): string[] {
  let state = undefined as ReturnType<typeof rateTap>['state'];
  let said: string[] = [];
  for (const [index, ride] of [...wasFreshFrom, more].entries()) {
    const atMs = ride.atMs ?? local('2026-03-02 07:30:00', index * 600);
    const serviceDate = serviceDateAt(tariff.zone, tariff.dayStartS, atMs);
    const listener = new Listener();
    const tap = {
      ref: `tap-${index}`,
      atMs,
      serviceDate,
      trip: `trip-${index}`,
      mediumClass: 'card',
      category: 'adult',
    };
    const { outcome, state: after } = rateTap([tariff], state, { ...tap, ...ride }, listener);
    state = after;
    said = tell(
      tariff,
      { reason: outcome.reason, lines: outcome.parts.flatMap(part => part.lines) },
      listener,
    );
  }
  return said;
}

test('a concession is told with its share, its reference price, the ride of its quota, and where each rule stands', () => {
  const [, rider, region, quota] = told(TYUMEN, STUDENT);
  assert.match(
    rider ?? '',
    /^rider 21\.00: Student's ride, 50 % of 42\.00 = 21\.00; fare .*single \(fare_leg_rules\.txt:2, .*concession of student \(tariff\.yaml:\d+, published/,
  );
  assert.match(region ?? '', /^region 21\.00: Student's ride, 50 % of 42\.00/);
  assert.match(quota ?? '', /^applied quota of student: ride 1 of 52 this month \(tariff\.yaml:\d+/);
});

const FILES = cityFiles('');
const RULES = (rows: string, columns = 'network_id,fare_product_id') =>
  tariffOf({ ...FILES, 'fare_leg_rules.txt': `${columns}\n${rows}` });

const LOOKED: [name: string, tariff: Tariff, ride: Partial<Ride>, said: RegExp][] = [
  [
    'a leg rule of equal right that is dearer',
    RULES('bus,bus\nbus,tram\n'),
    { networkId: 'bus' },
    /^looked at fare bus tram: of equal right, and not cheaper \(fare_leg_rules\.txt:3/,
  ],
  [
    'a leg rule that a higher priority overrules',
    RULES('bus,tram,1\n,bus,\n', 'network_id,fare_product_id,rule_priority'),
    { networkId: 'bus' },
    /^looked at fare bus: a rule of higher priority fits \(fare_leg_rules\.txt:3/,
  ],
  [
    'that no leg rule fits',
    railway(),
    { networkId: 'ferry' },
    /^looked at fare: no rule for networks that no rule names, from no area to no area/,
  ],
];

for (const [name, tariff, ride, said] of LOOKED) {
  test(`${name} is told`, () => {
    assert.ok(
      told(tariff, ride).some(sentence => said.test(sentence)),
      told(tariff, ride).join('\n'),
    );
  });
}

test('a transfer is told by its rule, with the time since its window opened', () => {
  const general = { mediumClass: 'transport-card', category: 'general' };
  const said = told(TYUMEN, general, [general]);
  assert.match(
    said.join('\n'),
    /applied transfer general-60: 10:00 after it opened \(tariff\.yaml:\d+, published/,
  );
});

test('whether somebody listens changes nothing of what a ride comes to', () => {
  const ride = {
    ref: 't',
    atMs: local('2026-03-02 07:30:00'),
    serviceDate: 20260302 as Ride['serviceDate'],
    trip: 'x',
  };
  const { outcome } = rateTap([TYUMEN], undefined, { ...ride, ...STUDENT });
  const listened = rateTap([TYUMEN], undefined, { ...ride, ...STUDENT }, new Listener());
  assert.equal(outcome, listened.outcome, 'and what it comes to is the same');
});

test.run();
