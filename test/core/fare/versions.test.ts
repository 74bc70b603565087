/** A journey is priced by the version of the tariff at its first entry, whichever tap ends or continues it. */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { Ride } from '../../../src/core/fare/ride.ts';
import { rateTap } from '../../../src/core/fare/settle.ts';
import { formatAmount } from '../../../src/core/money.ts';
import { riderAmount } from '../../../src/core/record.ts';
import type { Tariffs } from '../../../src/core/tariff/versions.ts';
import { serviceDateAt } from '../../../src/core/time.ts';
import { compileTariff } from '../../../src/fare.ts';
import { cityFiles } from './city.ts';
import { raised } from './dearer.ts';
import { railwayFiles } from './rail.ts';
import { local } from './rider.ts';

/** `3.00, [90.00] 0.00`: what each tap comes to, and before it what it closes. */
function rides(tariffs: Tariffs, taps: readonly (readonly [at: string, ride: Partial<Ride>])[]): string[] {
  let state = undefined as ReturnType<typeof rateTap>['state'];
  return taps.map(([at, more], index) => {
    const atMs = local(at);
    const [tariff] = tariffs;
    const serviceDate = serviceDateAt(tariff.zone, tariff.dayStartS, atMs);
    const tap = {
      ref: `tap-${index}`,
      atMs,
      serviceDate,
      trip: `trip-${index}`,
      mediumClass: 'card',
      category: 'adult',
    };
    const { outcome, state: after } = rateTap(tariffs, state, { ...tap, ...more });
    state = after;
    const amounts = outcome.parts.map(({ lines }) =>
      lines.length === 0 ? '-' : formatAmount(riderAmount(lines), 'EUR'),
    );
    return amounts.join(' ');
  });
}

const RAIL = (action: 'entry' | 'exit', stopId: string): Partial<Ride> => ({
  action,
  networkId: 'rail',
  stopId,
});

const JOURNEYS: [name: string, taps: [at: string, ride: Partial<Ride>][], said: string[]][] = [
  [
    'ends after the change at the price of its entry',
    [
      ['2026-03-03 04:00:00', RAIL('entry', 'a1')],
      ['2026-03-03 04:40:00', RAIL('exit', 'b1')],
    ],
    ['', '3.00'],
  ],
  [
    'that was never left is closed at the maximum fare of its entry',
    [
      ['2026-03-02 20:00:00', RAIL('entry', 'a1')],
      ['2026-03-03 08:00:00', RAIL('entry', 'a1')],
      ['2026-03-03 08:20:00', RAIL('exit', 'b1')],
    ],
    ['', '9.00', '30.00'],
  ],
];

for (const [name, taps, said] of JOURNEYS) {
  test(`a journey ${name}`, () => {
    assert.equal(rides(raised(railwayFiles()), taps), said);
  });
}

const TRANSFER = `transfers:
  - { id: t, product: 9, window: 60 min, inclusive: true, count: 1, sameRoute: allowed, media: [card], categories: [adult], price: { percent: 50 }, groupCovered: false, freeRideOpensWindow: false, source: assumed }
`;
const BUS: Partial<Ride> = { networkId: 'bus' };

test('a transfer over the change is a part of the journey that began before it', () => {
  const tariffs = raised(cityFiles(TRANSFER));
  assert.equal(
    rides(tariffs, [
      ['2026-03-03 04:10:00', BUS],
      ['2026-03-03 04:50:00', BUS],
      ['2026-03-03 05:20:00', BUS],
    ]),
    ['1.00', '0.50', '10.00'],
  );
});

test('a transfer is a part of its journey also where today no price is known, or none holds', () => {
  const files = cityFiles(TRANSFER);
  const ended = cityFiles(TRANSFER, [['by: first-entry', 'to: 2026-03-02, by: first-entry']]);
  for (const tariffs of [raised(files, '{ after: 2026-03-02 }'), compileTariff(ended).tariffs]) {
    assert.equal(
      rides(tariffs, [
        ['2026-03-03 04:10:00', BUS],
        ['2026-03-03 04:50:00', BUS],
        ['2026-03-03 05:20:00', BUS],
      ]),
      ['1.00', '0.50', ''],
    );
  }
});

test('a window that is over asks nothing of the version it was opened under', () => {
  const [before, after] = raised(cityFiles(TRANSFER));
  let asked = 0;
  const watched = new Proxy(before, {
    get(tariff, name) {
      if (name === 'networkIndex') asked += 1;
      return Reflect.get(tariff, name);
    },
  });
  assert.ok(after !== undefined);
  const tariffs: Tariffs = [watched, after];
  const askedBy = (...times: readonly string[]) => {
    asked = 0;
    rides(
      tariffs,
      times.map(time => [`2026-03-03 ${time}`, BUS]),
    );
    return asked;
  };
  const alone = askedBy('04:10:00');
  assert.ok(askedBy('04:10:00', '05:10:00') > alone, 'at the limit it is open');
  assert.is(askedBy('04:10:00', '05:10:01'), alone);
});

test('where the tariff prices by the tap, each ride has the price of its own day', () => {
  const files = cityFiles(TRANSFER, [['by: first-entry', 'by: tap']]);
  assert.equal(
    rides(raised(files), [
      ['2026-03-03 04:10:00', BUS],
      ['2026-03-03 04:50:00', BUS],
    ]),
    ['1.00', '5.00'],
  );
});

test.run();
