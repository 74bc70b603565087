/** Where a tariff rounds: each line, each journey, or the day. */
import * as fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { Tariff } from '../../../src/core/tariff/tariff.ts';
import { city, Holder, total } from './city.ts';

type Stage = 'line' | 'journey' | 'day';

/** A child's tram is 33 % off, 1.675; a second ride within the hour costs a third: both fall between two steps. */
const RULES = `discounts:
  - { id: third, product: 9, covers: { categories: [child] }, percent: 67, source: assumed }
transfers:
  - { id: t, product: 9, window: 60 min, inclusive: true, count: 1, sameRoute: allowed, media: [card], categories: [child], price: { percent: 50 }, groupCovered: false, freeRideOpensWindow: false, source: assumed }
`;

function rounding(stage: Stage, step = '0.10'): Tariff {
  return city(RULES, [
    [
      "rounding: { mode: half-up, step: '0.01', stage: line",
      `rounding: { mode: half-up, step: '${step}', stage: ${stage}`,
    ],
  ]);
}

const RIDES = ['08:00', '08:30', '11:00', '11:30'].map(time => `2026-03-02 ${time}:00`);

const STAGES: [stage: Stage, said: string[]][] = [
  // 0.335 is rounded to 0.30 when the tariff is compiled, its half, 0.15, again.
  ['line', ['0.30', '0.20', '0.30', '0.20']],
  // 0.34, and with its half 0.51: 0.30 and 0.20 more.
  ['journey', ['0.30', '0.20', '0.30', '0.20']],
  // 0.34, 0.51, 0.85, 1.02: 0.30, 0.50, 0.90, 1.00.
  ['day', ['0.30', '0.20', '0.40', '0.10']],
];

for (const [stage, expected] of STAGES) {
  test(`rounded by ${stage}, a child's rides of a day are ${expected.join(', ')}`, () => {
    const holder = new Holder(rounding(stage), 'child');
    const said = RIDES.map(at => holder.rides('bus', at).split(' ')[0]);
    assert.equal(said, expected);
  });
}

test('whatever is ridden, a day rounded whole comes to whole steps and never strays by half a step', () => {
  const tariff = rounding('day', '0.25');
  const exact = rounding('day', '0.01');
  const ride = fc.record({
    minute: fc.integer({ min: 0, max: 900 }),
    network: fc.constantFrom('bus', 'tram'),
  });
  fc.assert(
    fc.property(fc.array(ride, { minLength: 1, maxLength: 12 }), rides => {
      const ridden = (of: Tariff) => {
        const holder = new Holder(of, 'child');
        const sorted = [...rides].sort((a, b) => a.minute - b.minute);
        return sorted.map(({ minute, network }) => {
          const time = `${String(7 + Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
          return holder.rides(network, `2026-03-02 ${time}:00`).split(' ')[0] ?? '';
        });
      };
      const [rounded, sum] = [Number(total(ridden(tariff))), Number(total(ridden(exact)))];
      assert.is(Math.round(rounded * 100) % 25, 0);
      assert.ok(Math.abs(rounded - sum) <= 0.125 + 1e-9, `${rounded} for ${sum}`);
    }),
    { numRuns: 100 },
  );
});

test.run();
