/** What the way adds to a base price: exact, however many stretches share it. */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { Rounding } from '../../../src/core/money.ts';
import { wayMinor } from '../../../src/core/tariff/distance.ts';
import type { TariffSettings } from '../../../src/core/tariff/settings.ts';

type Step = TariffSettings['distances'][number]['steps'][number];

const HALF_UP: Rounding = { mode: 'half-up', stepMinor: 1 };
const step = (add: string, everyMetres: number, upToMetres?: number, begun = false): Step => ({
  add,
  everyMetres,
  begun,
  ...(upToMetres === undefined ? {} : { upToMetres }),
});
const way = (steps: Step[], metres: number) =>
  wayMinor({ fareProduct: 'way', steps, source: 'assumed' }, metres, 'EUR', HALF_UP);

const SEVENTHS = [
  step('0.10', 700, 10_000),
  step('0.09', 1100, 20_000),
  step('0.08', 1300, 30_000),
  step('0.07', 1700, 40_000),
  step('0.06', 1900),
];

const WAYS: [what: string, steps: Step[], metres: number, minor: number][] = [
  ['nothing for no way', [step('0.196', 1000)], 0, 0],
  ['each metre its share', [step('0.196', 1000)], 12_345, 242],
  ['a begun stretch whole', [step('0.10', 1000, undefined, true)], 1001, 20],
  ['no more beyond the last stretch that ends', [step('0.10', 1000, 5000)], 60_000, 50],
  ['one stretch after another', [step('0.196', 1000, 40_000), step('0.150', 1000)], 60_000, 1084],
  // 10/0.7 + 9*10/11 ... in cents: 142.857 + 81.818 + 61.538 + 41.176 + 63.158 = 390.547
  ['five stretches that share no length', SEVENTHS, 60_000, 391],
  ['the middle one of them', SEVENTHS, 25_000, 255],
];

for (const [what, steps, metres, minor] of WAYS) {
  test(`a way of ${metres} m costs ${what}: ${minor}`, () => assert.is(way(steps, metres), minor));
}

test('a stretch may be parted into many without another price', () => {
  const parts = Array.from({ length: 12 }, (_, index) => step('0.137', 997, (index + 1) * 5000));
  for (const metres of [1, 4999, 5000, 5001, 33_333, 60_000])
    assert.is(way(parts, metres), way([step('0.137', 997)], metres), String(metres));
});

test.run();
