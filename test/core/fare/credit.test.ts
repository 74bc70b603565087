/** Bank cards ride on credit: what a vehicle lets them owe before their day is paid. */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { Ride } from '../../../src/core/fare/ride.ts';
import { city, Holder } from './city.ts';

const OPEN_LOOP =
  "openLoop: { media: [card], aggregate: day, firstRide: '2.00', floorLimit: '4.00', retryDays: [1], source: assumed }\n";

const at = (hour: number, day = 2) => `2026-03-0${day} ${String(hour).padStart(2, '0')}:00:00`;
const PAID = '1.00 fare-paid';
const REFUSED = '- credit-limit';

const CARDS: [name: string, ride: Partial<Ride>, said: string[]][] = [
  ['a card that never paid rides up to the risk of its first rides', {}, [PAID, PAID, REFUSED]],
  [
    'a card that has paid before rides up to the floor limit',
    { isProven: true },
    [PAID, PAID, PAID, PAID, REFUSED],
  ],
  [
    'a ride that the vehicle has let in is owed, whatever the limit',
    { wasRidden: true },
    [PAID, PAID, PAID, PAID, PAID],
  ],
];

for (const [name, ride, said] of CARDS) {
  test(name, () => {
    const holder = new Holder(city(OPEN_LOOP));
    assert.equal(
      said.map((_, hour) => holder.rides('bus', at(8 + hour), ride)),
      said,
    );
  });
}

test('a new charging day owes nothing yet', () => {
  const holder = new Holder(city(OPEN_LOOP));
  const said = [at(8), at(9), at(10), at(4, 3), at(5, 3)].map(when => holder.rides('bus', when));
  assert.equal(said, [PAID, PAID, REFUSED, REFUSED, PAID], 'the day begins at 04:30');
});

test('a refused ride is not owed: a cheaper one still fits', () => {
  const holder = new Holder(city(OPEN_LOOP));
  assert.equal(
    [holder.rides('bus', at(8)), holder.rides('tram', at(9)), holder.rides('bus', at(10))],
    [PAID, REFUSED, PAID],
  );
});

test('a free ride asks for no credit', () => {
  const free = `${OPEN_LOOP}transfers:
  - { id: t, product: 9, window: 120 min, inclusive: true, count: 2, sameRoute: allowed, media: [card], categories: [adult], groupCovered: false, freeRideOpensWindow: false, source: assumed }
`;
  const holder = new Holder(city(free));
  assert.equal(
    [8, 9, 10, 11].map(hour => holder.rides('bus', at(hour))),
    [PAID, '0.00 free-transfer', '0.00 free-transfer', PAID],
  );
});

test('a ride that costs nothing is let in, also where the vehicle has let more be owed than the limit', () => {
  const free = `${OPEN_LOOP}transfers:
  - { id: t, product: 9, window: 120 min, inclusive: true, count: 1, sameRoute: allowed, media: [card], categories: [adult], groupCovered: false, freeRideOpensWindow: false, source: assumed }
`;
  const holder = new Holder(city(free));
  assert.equal(
    [
      holder.rides('tram', at(8), { wasRidden: true }),
      holder.rides('bus', at(9)),
      holder.rides('bus', at(10)),
    ],
    ['2.50 fare-paid', '0.00 free-transfer', REFUSED],
  );
});

test.run();
