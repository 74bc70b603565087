/** Two tariffs over the same taps. */
import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { decisionOf } from '../../../src/core/reason.ts';
import { FUNDERS } from '../../../src/core/tap.ts';
import type { ReadTariff } from '../../../src/gtfs/tariff-files.ts';
import { DIMENSIONS } from '../../../src/lab/compare/boarding.ts';
import type { Comparison } from '../../../src/lab/compare/comparison.ts';
import { type RatedTaps, rateTaps } from '../../../src/lab/taps/rate-taps.ts';
import { readFareTaps } from '../../../src/lab/taps/taps-table.ts';
import {
  compareTaps,
  LONDON,
  LONDON_CHANGED,
  row,
  TYUMEN,
  TYUMEN_CHANGED,
  TYUMEN_RAISED,
  table,
} from './bench.ts';
import { londonTaps, tyumenTaps } from './taps.ts';

const CITIES: readonly [city: string, old: ReadTariff, fresh: ReadTariff, taps: fc.Arbitrary<string[]>][] = [
  ['Tyumen', TYUMEN, TYUMEN_CHANGED, tyumenTaps],
  ['a city like London', LONDON, LONDON_CHANGED, londonTaps],
];

for (const [name, old, fresh, taps] of CITIES) {
  test(`${name}: a tariff compared with itself changes nothing`, async () => {
    await fc.assert(
      fc.asyncProperty(taps, async rows => {
        const { total, changes, winners, losers } = await compareTaps(table(rows), old, old);
        assert.equal([total.riders.better, total.riders.worse, changes, winners, losers], [0, 0, [], [], []]);
        for (const funder of FUNDERS) assert.is(total.paidMinor[funder][0], total.paidMinor[funder][1]);
      }),
      { numRuns: 30 },
    );
  });

  test(`${name}: the sums of every dimension are the whole, and each card's are what settlement says`, async () => {
    await fc.assert(
      fc.asyncProperty(taps, async rows => {
        const text = table(rows);
        const comparison = await compareTaps(text, old, fresh);
        for (const dimension of DIMENSIONS) assert.equal(summed(comparison, dimension), whole(comparison));
        assert.equal(whole(comparison), both(settled(text, old), settled(text, fresh)));
      }),
      { numRuns: 30 },
    );
  });

  test(`${name}: whose taps stand first does not matter`, async () => {
    await fc.assert(
      fc.asyncProperty(taps, async rows => {
        const cardOf = (text: string) => text.split(',')[1] ?? '';
        const byCard = [...rows].sort((a, b) => (cardOf(a) < cardOf(b) ? 1 : cardOf(a) > cardOf(b) ? -1 : 0));
        const [mixed, parted] = [
          await compareTaps(table(rows), old, fresh),
          await compareTaps(table(byCard), old, fresh),
        ];
        assert.equal(withoutPlaces(parted), withoutPlaces(mixed));
      }),
      { numRuns: 20 },
    );
  });
}

function summed({ by }: Comparison, dimension: (typeof DIMENSIONS)[number]): unknown {
  const add = (of: (group: Comparison['total']) => readonly [number, number]) => {
    const sums = by[dimension].map(of);
    return [sums.reduce((sum, [old]) => sum + old, 0), sums.reduce((sum, [, fresh]) => sum + fresh, 0)];
  };
  return [add(({ rides }) => rides), ...FUNDERS.map(funder => add(({ paidMinor }) => paidMinor[funder]))];
}

function whole({ total: { rides, paidMinor } }: Comparison): unknown {
  return [rides, ...FUNDERS.map(funder => paidMinor[funder])];
}

function rated(text: string, { tariff, tariffs }: ReadTariff): RatedTaps {
  return rateTaps(tariffs, readFareTaps(text, 'taps.csv', tariff), () => undefined);
}

/** Accepted rides, then what each funder pays. */
function settled(text: string, tariff: ReadTariff): readonly number[] {
  const { taps } = readFareTaps(text, 'taps.csv', tariff.tariff);
  const { outcomes, cards } = rated(text, tariff);
  const found = outcomes.map(outcome => (typeof outcome === 'string' ? undefined : outcome));
  const isRide = (index: number) => (taps[index]?.tap.ride.action ?? 'entry') === 'entry';
  const rides = found.filter(
    (outcome, index) => outcome && isRide(index) && decisionOf(outcome.reason) === 'accepted',
  );
  const parts = [...found.flatMap(outcome => outcome?.parts ?? []), ...cards.flatMap(card => card.closing)];
  const lines = parts.flatMap(part => part.lines);
  const paid = FUNDERS.map(funder =>
    lines.reduce((sum, line) => sum + (line.funder === funder ? line.amountMinor : 0), 0),
  );
  return [rides.length, ...paid];
}

function both(old: readonly number[], fresh: readonly number[]): unknown {
  return old.map((value, index) => [value, fresh[index]]);
}

/** Lines are where they are, and a file is called as it is. */
function withoutPlaces({ file: _file, winners, losers, ...rest }: Comparison): unknown {
  const told = [...winners, ...losers].map(({ differing, ...rider }) => ({
    ...rider,
    differing: differing.map(({ line: _line, ...tap }) => tap),
  }));
  return { ...rest, told };
}

test('a price that is raised by 1.00 costs 1.00 more a ride that pays it, and nothing else changes', async () => {
  await fc.assert(
    fc.asyncProperty(tyumenTaps, async rows => {
      const text = table(rows);
      const { total, changes } = await compareTaps(text, TYUMEN, TYUMEN_RAISED);
      // Boris alone rides by bank card.
      const boris = rated(text, TYUMEN).cards.find(({ card }) => card === 'boris')?.totalMinor ?? 0;
      assert.is(total.paidMinor.rider[1] - total.paidMinor.rider[0], (boris / 3700) * 100);
      assert.is(
        changes.reduce((sum, { taps }) => sum + taps, 0),
        boris / 3700,
      );
    }),
    { numRuns: 30 },
  );
});

test('three rides of three cards: one pays more, one less, one the same', async () => {
  const rows = [
    row({ at: '2026-03-02 07:30', card: 'anna', route: 'bus-1', stop: 'centre' }),
    row({ at: '2026-03-02 08:40', card: 'vera', route: 'bus-1', stop: 'station', category: 'pupil' }),
    row({ at: '2026-03-03 08:50', card: 'dora', route: 'bus-2', stop: 'centre', category: 'pensioner' }),
    // Eighty minutes after her first: free under the new tariff alone.
    row({ at: '2026-03-02 08:50', card: 'anna', route: 'bus-2', stop: 'station' }),
  ];
  const { total, by, counts, days, winners, losers } = await compareTaps(table(rows), TYUMEN, TYUMEN_CHANGED);
  assert.equal(counts, { taps: 4, cards: 3, leftOut: 0, repeats: 0, takenBack: 0, declined: [0, 0] });
  assert.equal(days, [20260302, 20260303]);
  assert.equal(total.riders, { better: 2, worse: 0, equal: 1 });
  assert.equal(total.paidMinor, {
    rider: [3700 + 3700 + 840, 3950 + 420],
    region: [4200 - 840 + 4200, 4200 - 420 + 4200],
    partner: [0, 0],
    operator: [0, 0],
  });
  assert.equal(
    by.line.map(({ key, rides, riders }) => [key, rides, riders]),
    [
      ['bus-1', [2, 2], { better: 2, worse: 0, equal: 0 }],
      ['bus-2', [2, 2], { better: 1, worse: 0, equal: 1 }],
    ],
  );
  assert.equal(
    by.hour.map(({ key, rides }) => [key, rides[0]]),
    [
      [7, 1],
      [8, 3],
    ],
  );
  assert.equal(
    by.weekday.map(({ key, rides }) => [key, rides[0]]),
    [
      [0, 3],
      [1, 1],
    ],
  );
  assert.equal(
    winners.map(({ card }) => card),
    ['anna', 'vera'],
  );
  assert.equal(losers, []);
  const [first, second] = winners[0]?.differing ?? [];
  assert.equal([first?.line, first?.came.map(({ riderMinor }) => riderMinor)], [2, [3700, 3950]]);
  assert.equal(
    second?.came.map(({ reason }) => reason),
    ['fare-paid', 'free-transfer'],
  );
  assert.match(second?.came[1].trace.join('\n') ?? '', /applied transfer general-60/);
});

const byRail = (at: string, action: 'entry' | 'exit', stop: string) =>
  row({ at, card: 'anna', action, network: 'rail', stop });

test('what is paid at the exit stands where the rider got on', async () => {
  const rows = [
    byRail('2026-03-02 08:00', 'entry', 'quay'),
    byRail('2026-03-02 09:10', 'exit', 'park'),
    byRail('2026-03-02 09:20', 'entry', 'mill'),
  ];
  const { by } = await compareTaps(table(rows), LONDON, LONDON);
  assert.equal(
    by.stop.map(({ key, rides, paidMinor }) => [key, rides[0], paidMinor.rider[0]]),
    [
      ['mill', 1, 940],
      ['quay', 1, 380],
    ],
  );
  assert.equal(
    by.hour.map(({ key, paidMinor }) => [key, paidMinor.rider[0]]),
    [
      [8, 380],
      [9, 940],
    ],
  );
});

test('what was never left is paid where it began, though it is told by where the rider gets on next', async () => {
  const rows = [
    byRail('2026-03-02 08:00', 'entry', 'quay'),
    byRail('2026-03-03 09:00', 'entry', 'park'),
    byRail('2026-03-03 09:20', 'exit', 'mill'),
  ];
  const { by } = await compareTaps(table(rows), LONDON, LONDON);
  const paid = by.stop.map(({ key, paidMinor }) => `${key} ${paidMinor.rider[0]}`);
  assert.equal(paid.sort(), ['park 220', 'quay 940']);
});

test('winners and losers are the largest of all, and of riders alike those whose card comes first', async () => {
  const rides = fc.array(
    fc.record({ card: fc.integer({ min: 0, max: 60 }), category: fc.constantFrom('general', 'pupil') }),
    { minLength: 40, maxLength: 200 },
  );
  await fc.assert(
    fc.asyncProperty(rides, async taps => {
      const rows = taps.map(({ card, category }, index) => {
        const at = `2026-03-${String(2 + Math.floor(index / 10)).padStart(2, '0')} ${10 + (index % 10)}:00`;
        return row({ at, card: `card-${card}`, category });
      });
      const text = table(rows);
      const { winners, losers } = await compareTaps(text, TYUMEN, TYUMEN_CHANGED);
      const difference = differences(text);
      const expected = (sign: number) =>
        [...difference]
          .filter(([, change]) => change * sign > 0)
          .sort(([a, less], [b, more]) => (more - less) * sign || (a < b ? -1 : 1))
          .slice(0, 20);
      const found = (told: Comparison['winners']) =>
        told.map(({ card, paidMinor: [old, fresh] }) => [card, fresh - old]);
      assert.equal(found(winners), expected(-1));
      assert.equal(found(losers), expected(1));
    }),
    { numRuns: 15 },
  );
});

function differences(text: string): Map<string, number> {
  const difference = new Map<string, number>();
  for (const [sign, tariff] of [
    [-1, TYUMEN],
    [1, TYUMEN_CHANGED],
  ] as const) {
    for (const { card, totalMinor } of rated(text, tariff).cards)
      difference.set(card, (difference.get(card) ?? 0) + sign * totalMinor);
  }
  return difference;
}

test.run();
