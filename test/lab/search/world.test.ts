/** What of a tariff is tried: its riders, networks, days and limits, the simplest first. */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { formatDate, formatTimeOfDay } from '../../../src/core/time.ts';
import type { Payer } from '../../../src/lab/search/payers.ts';
import { FLAT, PLANTED, worldIn } from './planted.ts';
import { shippedWorld } from './shipped.ts';

const LONDON = shippedWorld('london-like');
const TYUMEN = shippedWorld('tyumen');
const NETHERLANDS = shippedWorld('netherlands-like');

function named({ category, medium, passes }: Payer): string {
  return [category, medium, ...passes.map(({ pass }) => pass)].join(' ');
}

test('the default rider by the first medium stands first, then all others, then whoever holds a pass', () => {
  assert.equal(TYUMEN.payers.slice(0, 3).map(named), [
    'general transport-card',
    'general bank-card',
    'general qr-ticket',
  ]);
  assert.equal(TYUMEN.payers.slice(3, 5).map(named), ['pupil transport-card', 'pupil bank-card']);
  assert.equal(TYUMEN.payers.slice(12).map(named), ['general qr-ticket qr-ride']);
  assert.equal(NETHERLANDS.payers.map(named), [
    'full card',
    'off-peak card',
    'child card',
    'full card lelie-molen',
  ]);
});

test('a right is a concession against its fallback, a discount or a pass against nothing', () => {
  const saidBy = (world: typeof TYUMEN) =>
    world.rights.map(({ holder, without }) => `${named(holder)} > ${named(without)}`);
  assert.ok(saidBy(TYUMEN).includes('student bank-card > general bank-card'));
  assert.ok(saidBy(TYUMEN).includes('general qr-ticket qr-ride > general qr-ticket'));
  assert.not.ok(saidBy(TYUMEN).some(text => /^general \S+ >|pupil.*student/.test(text)));
  assert.equal(saidBy(NETHERLANDS), [
    'off-peak card > full card',
    'child card > full card',
    'full card lelie-molen > full card',
  ]);
  assert.equal(saidBy(worldIn(FLAT)), []);
});

test('a category that is sold at a lower price of its own is a right without being called one', () => {
  const { rights } = shippedWorld('new-york-like');
  assert.equal(
    rights.map(({ holder }) => holder.category),
    ['reduced'],
  );
});

test('two stops a zone are tried, and all that are linked', () => {
  const [rail] = LONDON.ways;
  assert.is(rail?.network, 'rail');
  assert.equal(rail?.stops.map(({ id }) => id), [
    'quay', 'quay-east', 'mill', 'bridge', 'heath', 'park', 'grove', 'field', 'meadow',
  ]); // biome-ignore format: names read best as one block
});

test('networks that nobody has a fare in are left out', () => {
  assert.equal(
    LONDON.ways.map(({ network }) => network),
    ['rail', 'bus', 'tram'],
  );
  assert.equal(
    TYUMEN.ways.map(({ network }) => network),
    [undefined],
  );
});

test('lines are named where a rule asks whether they differ', () => {
  assert.equal(
    shippedWorld('new-york-like').ways.map(({ lines }) => lines),
    [['line-1', 'line-2']],
  );
  assert.equal(
    TYUMEN.ways.map(({ lines }) => lines),
    [[]],
  );
});

test('where a journey is left and no stop is known, two are invented', () => {
  const metro = 'networks: { metro: { taps: entry-exit, source: assumed } }';
  const settings = FLAT['tariff.yaml'] ?? '';
  const { ways } = worldIn({ ...FLAT, 'tariff.yaml': settings + metro });
  assert.equal(
    ways.map(({ network, stops }) => [network, stops.map(({ id }) => id)]),
    [
      [undefined, []],
      ['metro', ['here', 'there']],
    ],
  );
});

test('limits are those of every window, and the least time is what moments are cut to', () => {
  assert.equal(TYUMEN.limitsS, [600, 3600]);
  assert.is(TYUMEN.unitS, 1);
  assert.is(LONDON.unitS, 60);
  assert.ok([1200, 3600, 5400, 7200].every(limitS => LONDON.limitsS.includes(limitS)));
});

test('where moments are cut to the minute, limits and moments are whole minutes', () => {
  const settings = (PLANTED['tariff.yaml'] ?? '').replace('furtherRider: 1 min', 'furtherRider: 150 s');
  const { limitsS, days } = worldIn({
    ...PLANTED,
    'tariff.yaml': settings.replace("dayStart: '04:00'", "dayStart: '04:00:30'"),
  });
  assert.equal(limitsS, [120, 180]);
  assert.equal(days[0]?.momentsS.map(formatTimeOfDay), ['04:01:00', '24:00:00']);
});

test('an ordinary day stands first; then days on which a version, a season or a month begins, and those before', () => {
  const days = TYUMEN.days.map(({ date }) => formatDate(date));
  assert.is(days[0], '2026-02-02');
  for (const day of [
    '2025-12-31',
    '2026-01-01',
    '2026-05-31',
    '2026-06-01',
    '2026-06-30',
    '2026-07-01',
    '2026-08-31',
    '2026-09-01',
  ])
    assert.ok(days.includes(day), day);
  // Nobody published what a ride cost then.
  assert.not.ok(days.some(day => day > '2024-01-01' && day < '2025-09-30'));
});

test('moments of a day are where its timeframes and its charging day begin', () => {
  const momentsOn = (date: number) =>
    LONDON.days.find(day => day.date === date)?.momentsS.map(formatTimeOfDay);
  assert.equal(momentsOn(20260202), ['04:30:00', '06:30:00', '09:30:00', '16:00:00', '19:00:00', '24:00:00']);
  assert.equal(momentsOn(20260103), ['04:30:00', '24:00:00'], 'no peak on a Saturday');
});

test('days near which clocks change are left out', () => {
  const settings = (PLANTED['tariff.yaml'] ?? '').replace('from: 2026-01-01', 'from: 2026-03-28');
  const { days } = worldIn({ ...PLANTED, 'tariff.yaml': settings });
  const near = [20260328, 20260329];
  assert.not.ok(days.some(({ date }) => near.includes(date)));
  assert.ok(days.length > 0);
});

test.run();
