/**
 * What holds of every price: the dynamic programme against all ways to pay one by one, in small worlds where every
 * coincidence is likely, and laws that need no second reckoning.
 */
import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { ItineraryLeg } from '../../../../src/core/fare/itinerary/itinerary.ts';
import type { PricedItinerary } from '../../../../src/core/fare/itinerary/priced.ts';
import { rateItinerary } from '../../../../src/core/fare/itinerary/rate-itinerary.ts';
import { epoch } from '../../../../src/core/time.ts';
import { leastCost, type World } from './by-the-reference.ts';
import { at, byMedium, compile, type Files, rate } from './feed.ts';

const PRODUCTS = ['p', 'q', 'r'];
const MEDIA = ['cash', 'card'];

const worldWith = (nonconsecutive: fc.Arbitrary<boolean>): fc.Arbitrary<World> =>
  fc.record({
    legRules: fc.array(
      fc.record({
        group: fc.constantFrom('A', 'B', ''),
        network: fc.constantFrom('n1', 'n2'),
        product: fc.constantFrom(...PRODUCTS),
      }),
      { minLength: 1, maxLength: 5 },
    ),
    transferRules: fc.array(
      fc.record({
        from: fc.constantFrom('A', 'B', ''),
        to: fc.constantFrom('A', 'B', ''),
        count: fc.constantFrom(-1, 1, 2),
        limit: fc.constantFrom(0, 30, 60),
        limitType: fc.constantFrom(0, 1, 2, 3),
        type: fc.constantFrom(0, 1, 2),
        product: fc.constantFrom('', ...PRODUCTS),
        nonconsecutive,
      }),
      { maxLength: 5 },
    ),
    prices: fc.record(
      Object.fromEntries(
        PRODUCTS.map(product => [
          product,
          fc.dictionary(fc.constantFrom(...MEDIA), fc.integer({ min: -50, max: 300 }), { maxKeys: 2 }),
        ]),
      ),
    ),
  });

const world = worldWith(fc.constant(false));
const draftWorld = worldWith(fc.boolean());

const legs: fc.Arbitrary<readonly ItineraryLeg[]> = fc
  .array(fc.record({ route: fc.constantFrom('r1', 'r2'), wait: fc.constantFrom(0, 10, 20, 40) }), {
    minLength: 1,
    maxLength: 5,
  })
  .map(steps => {
    let minute = 0;
    return steps.map(({ route, wait }) => {
      const departure = epoch(at('12:00:00') + (minute + wait) * 60_000);
      minute += wait + 10;
      return {
        routeId: route,
        fromStopId: 'a',
        toStopId: 'b',
        departure,
        arrival: epoch(at('12:00:00') + minute * 60_000),
      };
    });
  });

const decimal = (cents: number) => `${cents < 0 ? '-' : ''}${(Math.abs(cents) / 100).toFixed(2)}`;

/** A group without a leg rule would be refused: rules that name one are left out. */
function sound({ legRules, transferRules, prices }: World): World {
  const groups = new Set(['', ...legRules.map(({ group }) => group)]);
  return {
    legRules,
    prices,
    transferRules: transferRules.filter(({ from, to }) => groups.has(from) && groups.has(to)),
  };
}

function filesOf({ legRules, transferRules, prices }: World): Files {
  const products = PRODUCTS.flatMap(product => [
    // Sold to nobody who asks, so that the product is known.
    `${product},other,0,EUR`,
    ...Object.entries(prices[product] ?? {}).map(
      ([medium, cents]) => `${product},${medium},${decimal(cents)},EUR`,
    ),
  ]);
  return {
    fare_media: ['fare_media_id,fare_media_type', 'cash,0', 'card,2', 'other,0'].join('\n'),
    fare_products: ['fare_product_id,fare_media_id,amount,currency', ...products].join('\n'),
    fare_leg_rules: [
      'leg_group_id,network_id,fare_product_id',
      ...legRules.map(({ group, network, product }) => `${group},${network},${product}`),
    ].join('\n'),
    fare_transfer_rules: [
      'from_leg_group_id,to_leg_group_id,transfer_count,duration_limit,duration_limit_type,fare_transfer_type,fare_product_id,nonconsecutive_transfer_allowed',
      ...transferRules.map(rule => {
        const count = rule.from === rule.to ? rule.count : '';
        const limit = rule.limit === 0 ? ',' : `${rule.limit * 60},${rule.limitType}`;
        return `${rule.from},${rule.to},${count},${limit},${rule.type},${rule.product},${rule.nonconsecutive ? 1 : 0}`;
      }),
    ].join('\n'),
  };
}

function price(files: Files, itinerary: readonly ItineraryLeg[], media: readonly string[]): PricedItinerary {
  const priced = rate(files, { legs: itinerary, rider: { media } });
  assert.ok(priced.kind === 'priced');
  return priced;
}

for (const [what, small] of [
  ['adopted rules', world],
  ['nonconsecutive transfers', draftWorld],
] as const) {
  test(`under ${what} the price is that of the cheapest of all ways to pay`, () => {
    fc.assert(
      fc.property(small.map(sound), legs, fc.constantFrom(...MEDIA), (one, itinerary, medium) => {
        const least = leastCost(one, itinerary, medium);
        const priced = price(filesOf(one), itinerary, [medium]);
        assert.is(priced.total, Number.isFinite(least) ? least : undefined);
      }),
      { numRuns: 800 },
    );
  });
}

test('the amounts of the fare legs add up to the total, and every leg is in one of them', () => {
  fc.assert(
    fc.property(world.map(sound), legs, (small, itinerary) => {
      const { total, fareLegs } = price(filesOf(small), itinerary, MEDIA);
      fc.pre(total !== undefined);
      assert.is(
        fareLegs.reduce((sum, { amount }) => sum + amount, 0),
        total,
      );
      assert.equal(
        fareLegs.flatMap(fareLeg => fareLeg.legs),
        [...itinerary.keys()],
      );
    }),
    { numRuns: 300 },
  );
});

test('the total is the lowest of the media, and each is what a rider with that medium alone pays', () => {
  fc.assert(
    fc.property(world.map(sound), legs, (small, itinerary) => {
      const files = filesOf(small);
      const both = price(files, itinerary, MEDIA);
      const amounts = [...both.totalByMedium.values()];
      assert.is(both.total, amounts.length === 0 ? undefined : Math.min(...amounts));
      const alone = Object.assign({}, ...MEDIA.map(medium => byMedium(price(files, itinerary, [medium]))));
      assert.equal(byMedium(both), alone);
    }),
    { numRuns: 300 },
  );
});

test('the order of the rows changes no price', () => {
  const shuffled = (small: World) =>
    fc.record({
      legRules: fc.shuffledSubarray([...small.legRules], { minLength: small.legRules.length }),
      transferRules: fc.shuffledSubarray([...small.transferRules], { minLength: small.transferRules.length }),
      prices: fc.constant(small.prices),
    });
  const both = world.map(sound).chain(small => fc.tuple(fc.constant(small), shuffled(small)));
  fc.assert(
    fc.property(both, legs, ([small, other], itinerary) => {
      assert.equal(
        byMedium(price(filesOf(small), itinerary, MEDIA)),
        byMedium(price(filesOf(other), itinerary, MEDIA)),
      );
    }),
    { numRuns: 300 },
  );
});

test('a second answer is the first: what is remembered changes nothing', () => {
  fc.assert(
    fc.property(world.map(sound), fc.array(legs, { minLength: 1, maxLength: 4 }), (small, itineraries) => {
      const files = filesOf(small);
      const { fares } = compile(files);
      assert.ok(fares !== undefined);
      for (const itinerary of [...itineraries, ...itineraries])
        assert.equal(rateItinerary(fares, { legs: itinerary }), rate(files, { legs: itinerary }));
    }),
    { numRuns: 100 },
  );
});

test('an hour later under rules without a clock the price is the same', () => {
  fc.assert(
    fc.property(world.map(sound), legs, (small, itinerary) => {
      const files = filesOf(small);
      const later = itinerary.map(leg => ({
        ...leg,
        departure: epoch(leg.departure + 3_600_000),
        arrival: epoch(leg.arrival + 3_600_000),
      }));
      assert.equal(byMedium(price(files, later, MEDIA)), byMedium(price(files, itinerary, MEDIA)));
    }),
    { numRuns: 200 },
  );
});

test.run();
