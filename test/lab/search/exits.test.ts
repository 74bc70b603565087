/** Where a price asks when a ride ends, whoever leaves later has waited for it, and whoever splits there has, too. */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { findingOf } from '../../../src/lab/search/finding.ts';
import { isGenuine } from '../../../src/lab/search/genuine.ts';
import { type Outing, play } from '../../../src/lab/search/outing.ts';
import type { World } from '../../../src/lab/search/world.ts';
import { CHEAP_WHEN_LEFT_LATE, worldIn } from './planted.ts';
import { shippedWorld, stopOf } from './shipped.ts';

const LATE = worldIn(CHEAP_WHEN_LEFT_LATE);
const LONDON = shippedWorld('london-like');

const at = (hour: number, minute = 0) => hour * 3600 + minute * 60;

/** By rail, on an ordinary day. */
function ridden(world: World, to: string, enterS: number, leaveS: number): Outing {
  const [[day], [payer]] = [world.days, world.payers];
  const way = world.ways.find(({ network }) => network === 'rail');
  assert.ok(day && payer && way);
  const ends = { from: stopOf(world, 'quay'), to: stopOf(world, to) };
  return { day, payer, trips: [{ way, line: undefined, ...ends, enterS, leaveS, isSecondCard: false }] };
}

test('whoever waits, and so leaves when it is cheaper, has waited for that timeframe', () => {
  const outing = ridden(LATE, 'mill', at(9), at(9, 25));
  const dear = play(LATE.tariffs, outing);
  assert.ok(dear);
  const finding = findingOf(LATE.tariffs, outing, dear, { kind: 'waiting', trip: 0, count: 1, byS: 600 });
  assert.is(finding?.cheap.totalMinor, 300);
  assert.equal(finding?.boundaries, [{ kind: 'timeframe', at: '09:30' }]);
});

test('where no price asks when a ride ends, nothing is waited for there', () => {
  const outing = ridden(LONDON, 'park', at(9), at(9, 25));
  const dear = { totalMinor: Number.POSITIVE_INFINITY, taps: [] };
  const finding = findingOf(LONDON.tariffs, outing, dear, { kind: 'waiting', trip: 0, count: 1, byS: 600 });
  assert.equal(finding?.boundaries, []);
});

const SPLITS: readonly [what: string, enterS: number, leaveS: number, isGenuine: boolean][] = [
  ['in the timeframe in which the whole way ends', at(9, 30), at(9, 45), true],
  ['before that timeframe', at(9), at(9, 15), false],
];
for (const [what, enterS, leaveS, expected] of SPLITS) {
  test(`a way whose first half ends ${what} is ${expected ? 'split at the same time' : 'ridden at another time'}`, () => {
    const outing = ridden(LATE, 'mill', enterS, at(10));
    const again = { over: stopOf(LATE, 'heath'), leaveS, enterS: leaveS + 1, isSecondCard: false };
    assert.is(isGenuine(LATE, outing, { kind: 'splitting', trip: 0, ...again }), expected);
  });
}

test.run();
