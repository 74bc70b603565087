/** What the vehicle makes of what it was told of a card, and of where its ride may end. */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { Entitlement } from '../../../src/core/entitlement.ts';
import type { MinorUnits } from '../../../src/core/money.ts';
import type { Place } from '../../../src/core/tap.ts';
import type { ServiceDate } from '../../../src/core/time.ts';
import { city } from '../fare/city.ts';
import { railway } from '../fare/rail.ts';
import { local } from '../fare/rider.ts';
import { Bench, card, entitled, PLACE, presented } from './bench.ts';

const ADULT = { mediumClass: 'card' };

function bus(rules: string, more: Partial<Entitlement>): Bench {
  const bench = new Bench(city(rules)).knowing(entitled('adult', { ...ADULT, ...more }));
  bench.step({ kind: 'placed', place: { ...PLACE, networkId: 'bus' } });
  return bench;
}

/** The same card, an hour apart on trips of its own. */
function rides(bench: Bench, count: number): string[] {
  return Array.from({ length: count }, (_, number) => {
    bench.step({ kind: 'placed', place: { ...PLACE, networkId: 'bus', tripId: `trip-${number}` } });
    const said = bench.run(presented('front', card(1), number * 3600));
    bench.step({ kind: 'removed', readerId: 'front' });
    return said.join().replace(/^front: | #\d+$/g, '');
  });
}

const PURSE = "purse: { media: [card], floor: '0.00', maximum: '20.00', source: assumed }\n";

test("the back office's word on a purse is a balance, and the vehicle counts on from there", () => {
  const bench = bus(PURSE, { purseMinor: 150 as MinorUnits });
  assert.equal(rides(bench, 2), ['1.00 fare-paid', '- purse-low']);
  assert.equal(
    bench.commits.map(({ body }) => [body.purseBeforeMinor, body.purseAfterMinor, body.finality]),
    [
      [150, 50, 'estimate'],
      [undefined, undefined, 'final'],
    ],
  );
});

test('a newer word on the purse holds over what the vehicle remembers, an older one does not', () => {
  const bench = bus(PURSE, { purseMinor: 100 as MinorUnits });
  assert.equal(rides(bench, 1), ['1.00 fare-paid']);
  bench.knowing(
    entitled('adult', { ...ADULT, purseMinor: 900 as MinorUnits, asOf: local('2026-03-01 12:00:00') }),
  );
  assert.equal(bench.run(presented('rear', card(1), 3600)), ['rear: - purse-low #2']);
  bench.step({ kind: 'removed', readerId: 'rear' });
  bench.knowing(
    entitled('adult', { ...ADULT, purseMinor: 900 as MinorUnits, asOf: local('2026-03-02 08:00:00') }),
  );
  bench.step({ kind: 'placed', place: { ...PLACE, networkId: 'bus', tripId: 'later' } });
  assert.equal(bench.run(presented('rear', card(1), 7200)), ['rear: 1.00 fare-paid #3']);
});

const OPEN_LOOP =
  "openLoop: { media: [card], aggregate: day, firstRide: '1.00', floorLimit: '2.00', retryDays: [1], source: assumed }\n";

test('a bank card that has paid before is let ride for more', () => {
  assert.equal(rides(bus(OPEN_LOOP, {}), 2), ['1.00 fare-paid', '- credit-limit']);
  const proven = bus(OPEN_LOOP, { paidOn: 20260301 as ServiceDate });
  assert.equal(rides(proven, 3), ['1.00 fare-paid', '1.00 fare-paid', '- credit-limit']);
});

const WITHOUT_EXITS = (estimate: string) =>
  railway(['taps: entry-exit', `taps: entry-only\n    estimate: ${estimate}`]);

const ENDS: [
  name: string,
  estimate: string,
  place: Partial<Place>,
  said: string,
  ends: string | undefined,
][] = [
  ['is priced to the end of its line', 'end-of-line', { lastStopId: 'c1' }, '4.00 fare-paid', 'c1'],
  [
    'is priced to where the driver says',
    'chosen',
    { lastStopId: 'c1', chosenStopId: 'b1' },
    '3.00 fare-paid',
    'b1',
  ],
  [
    'is priced where it begins if nobody asks for an end',
    'none',
    { lastStopId: 'c1' },
    '2.00 fare-paid',
    undefined,
  ],
  [
    'of an unknown end is priced where it begins, and says so',
    'end-of-line',
    {},
    '2.00 fare-paid',
    undefined,
  ],
];

for (const [name, estimate, place, said, ends] of ENDS) {
  test(`a zone ride without an exit ${name}`, () => {
    const bench = new Bench(WITHOUT_EXITS(estimate)).knowing(entitled('adult', ADULT));
    bench.step({ kind: 'placed', place: { ...PLACE, networkId: 'rail', stopId: 'a1', ...place } });
    assert.equal(bench.run(presented('front', card(1), 0)), [`front: ${said} #1`]);
    const { destinationId, graced } = bench.commits[0]?.body ?? {};
    const isUnknown = estimate !== 'none' && ends === undefined;
    assert.equal([destinationId, graced], [ends, isUnknown ? ['destination-unknown'] : undefined]);
  });
}

test.run();
