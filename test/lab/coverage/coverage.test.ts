/** What scenarios touched of a tariff, and what they never did. */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { Tariff } from '../../../src/core/tariff/tariff.ts';
import { type Counted, Coverage, percentMet } from '../../../src/lab/coverage/coverage.ts';
import { inventoryOf } from '../../../src/lab/coverage/inventory.ts';
import { playScenario } from '../../../src/lab/scenario/play-scenario.ts';
import { readScenarios } from '../../../src/lab/scenario/read-scenarios.ts';
import { city } from '../../core/fare/city.ts';
import { railway } from '../../core/fare/rail.ts';

/** Plays steps of one card: `{ at, … }` as a scenario writes them. */
function played(tariff: Tariff, ...steps: readonly string[]): ReadonlyMap<string, Counted> {
  const text = `scenario: s\nsteps:\n${steps.map(step => `  - { ${step} }\n`).join('')}`;
  const { scenarios, problems } = readScenarios(text, 's.yaml', tariff);
  assert.equal(problems, []);
  const coverage = new Coverage(inventoryOf([tariff]));
  for (const scenario of scenarios) for (const _ of playScenario([tariff], scenario, coverage));
  return new Map(coverage.counted().map(one => [one.name, one]));
}

function timesOf(counts: ReadonlyMap<string, Counted>, name: string): number {
  const one = counts.get(name);
  if (one === undefined) throw new Error(`no '${name}' among ${[...counts.keys()].join('; ')}`);
  return one.times;
}

const TRANSFER = `transfers:
  - { id: t, product: 9, window: 60 min, inclusive: true, count: 1, sameRoute: allowed, media: [card], categories: [adult], groupCovered: false, freeRideOpensWindow: false, source: assumed }
`;
const WINDOW: [second: string, met: string][] = [
  ['08:59:59', '59:59'],
  ['09:00:00', '1:00:00'],
  ['09:00:01', '1:00:01'],
];

for (const [second, met] of WINDOW) {
  test(`a second bus at ${second} touches the window's side ${met} and no other`, () => {
    const bus = (at: string) => `at: '${at}', network: bus`;
    const counts = played(city(TRANSFER), bus('2026-03-02 08:00:00'), bus(`2026-03-02 ${second}`));
    assert.equal(
      WINDOW.map(([, side]) => timesOf(counts, `transfer:t window: ${side}`)),
      WINDOW.map(([, side]) => (side === met ? 1 : 0)),
    );
  });
}

test('a rule counts once a ride in which it decides, a product by its lines', () => {
  const bus = (at: string) => `at: '2026-03-02 ${at}', network: bus`;
  const counts = played(city(TRANSFER), bus('08:00'), bus('08:10'), bus('08:20'));
  assert.equal(
    ['leg::bus:bus', 'leg::tram:tram', 'transfer:t', 'category:adult', '1 Bus', '9 Limit'].map(name =>
      timesOf(counts, name),
    ),
    [3, 0, 1, 3, 2, 1],
  );
  assert.match(counts.get('transfer:t')?.at ?? '', /^tariff\.yaml:\d+$/);
});

const CAP = `caps:
  - { id: day, limit: { amount: '2.00' }, period: { every: day, starts: calendar }, covers: {}, product: 9, source: assumed }
`;

test('a cap has what is within and beyond it, its last day and the day after', () => {
  const bus = (at: string) => `at: '${at}', network: bus`;
  const day = ['08:00', '09:00', '10:00'].map(time => bus(`2026-03-02 ${time}`));
  const counts = played(city(CAP), ...day, bus('2026-03-03 08:00'));
  assert.equal(
    ['limit: within 2.00', 'limit: beyond 2.00', 'period: its last day', 'period: the day after it'].map(
      side => timesOf(counts, `cap:day ${side}`),
    ),
    [3, 1, 2, 1],
  );
  assert.equal(
    ['04:29:59', '04:30:00'].map(at => timesOf(counts, `day dayStart: ${at}`)),
    [0, 0],
  );
});

test('where nothing runs by days, their beginning is no limit', () => {
  const { moments } = inventoryOf([city('')]);
  assert.not(moments.some(({ ruleId }) => ruleId === 'day'));
});

test('journeys have a side for each limit of their network', () => {
  const { boundaries } = inventoryOf([railway()]);
  const of = (rule: string) =>
    boundaries.filter(({ ruleId }) => ruleId === rule).map(({ sides }) => sides.map(({ name }) => name));
  assert.equal(of('same-stop:rail'), [
    ['1:59', '2:00', '2:01'],
    ['29:59', '30:00', '30:01'],
  ]);
  assert.equal(of('linking:rail'), [['9:59', '10:00', '10:01']]);
  assert.is(of('maximum-time:rail').length, 3);
});

test('nothing that was met is all of nothing, and one of a thousand missed is not all', () => {
  const counted = (times: number): Counted => ({ kind: 'rule', name: 'r', at: '', times });
  assert.is(percentMet([]), 100);
  assert.is(percentMet([counted(1), counted(7)]), 100);
  assert.is(percentMet([counted(0), ...Array.from({ length: 2000 }, () => counted(1))]), 99.9);
});

test.run();
