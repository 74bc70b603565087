/** Whose the money of a journey is, where several carriers share one tariff. */
import * as fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { apportioned, type Carried, carrierOf } from '../../../src/core/fare/carrier.ts';
import type { MinorUnits } from '../../../src/core/money.ts';
import type { Apportionment } from '../../../src/core/tariff/tariff.ts';
import { city, Holder } from './city.ts';

const CARRIERS = `carriers:
  north: { routes: [n1, n2], source: assumed }
  south: { routes: [s1], source: assumed }
`;

function carried(carrier: string, amountMinor: number, priceMinor = amountMinor): Carried {
  return {
    carrier,
    lines: [
      {
        productId: 1,
        amountMinor: amountMinor as MinorUnits,
        funder: 'rider',
        referenceMinor: priceMinor as MinorUnits,
        ruleIds: [],
      },
    ],
  };
}

const JOURNEY = [carried('north', 1000), carried('south', 0, 500), carried('south', 0, 500)];
const SHARES: [by: Apportionment, north: number, south: number][] = [
  ['boarding', 1000, 0],
  ['price', 500, 500],
  ['ride', 334, 666],
];

for (const [by, north, south] of SHARES) {
  test(`by ${by}, a paid ride and two free ones share 10.00 as ${north} and ${south}`, () => {
    assert.equal(
      [...apportioned(by, JOURNEY)],
      [
        ['north', north],
        ['south', south],
      ],
    );
  });
}

test('shares add up to the last minor unit, also of a journey that gives money back', () => {
  const ride = fc.record({
    carrier: fc.constantFrom('a', 'b', 'c'),
    amount: fc.integer({ min: -10_000, max: 10_000 }),
    price: fc.integer({ min: 0, max: 10_000 }),
  });
  fc.assert(
    fc.property(
      fc.constantFrom<Apportionment>('boarding', 'price', 'ride'),
      fc.array(ride, { maxLength: 6 }),
      (by, rides) => {
        const shares = apportioned(
          by,
          rides.map(({ carrier, amount, price }) => carried(carrier, amount, price)),
        );
        const sum = [...shares.values()].reduce((all, share) => all + share, 0);
        assert.is(
          sum,
          rides.reduce((all, { amount }) => all + amount, 0),
        );
        for (const share of shares.values()) assert.ok(Number.isSafeInteger(share));
      },
    ),
  );
});

test("a ride's carrier is its route's, else the vehicle's own", () => {
  const tariff = city(CARRIERS);
  assert.equal(
    [{ routeId: 's1', carrierId: 'north' }, { routeId: 'x', carrierId: 'north' }, {}].map(ride =>
      carrierOf(tariff, ride),
    ),
    ['south', 'north', ''],
  );
});

test('a transfer between two carriers is one only where the rule names both', () => {
  const transfer = (carriers: string) => `${CARRIERS}transfers:
  - { id: t, product: 9, window: 60 min, inclusive: true, count: 1, sameRoute: allowed, carriers: ${carriers}, media: [card], categories: [adult], groupCovered: false, freeRideOpensWindow: false, source: assumed }
`;
  const second = (carriers: string, routeId: string) => {
    const holder = new Holder(city(transfer(carriers)));
    holder.rides('bus', '2026-03-02 08:00:00', { routeId: 'n1' });
    return holder.rides('bus', '2026-03-02 08:30:00', { routeId });
  };
  assert.equal(
    [second('[north]', 'n2'), second('[north]', 's1'), second('[north, south]', 's1')],
    ['0.00 free-transfer', '1.00 fare-paid', '0.00 free-transfer'],
  );
});

test.run();
