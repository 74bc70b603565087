/** What somebody who waits waits for. */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { type Boundary, boundaryWithin } from '../../../src/lab/search/boundary.ts';
import { shippedWorld } from './shipped.ts';

const LONDON = shippedWorld('london-like');
const TYUMEN = shippedWorld('tyumen');

const at = (hour: number, minute = 0, second = 0) => hour * 3600 + minute * 60 + second;

interface Case {
  readonly what: string;
  readonly world: typeof LONDON;
  readonly date: number;
  readonly category: string;
  readonly fromS: number;
  readonly toS: number;
  readonly boundary: Boundary | undefined;
}

const CASES: readonly Case[] = [
  { what: 'a peak ends', world: LONDON, date: 20260202, category: 'adult', fromS: at(9, 29), toS: at(9, 30), boundary: { kind: 'timeframe', at: '09:30' } },
  { what: 'nothing yet', world: LONDON, date: 20260202, category: 'adult', fromS: at(9, 28), toS: at(9, 29), boundary: undefined },
  { what: 'nothing any more', world: LONDON, date: 20260202, category: 'adult', fromS: at(9, 30), toS: at(9, 40), boundary: undefined },
  { what: 'no peak on a Saturday', world: LONDON, date: 20260103, category: 'adult', fromS: at(9, 29), toS: at(9, 30), boundary: undefined },
  { what: 'a charging day', world: LONDON, date: 20260202, category: 'adult', fromS: at(4, 29), toS: at(4, 30), boundary: { kind: 'charging-day', at: '04:30' } },
  { what: 'other prices', world: TYUMEN, date: 20260101, category: 'general', fromS: at(2, 59, 59), toS: at(3), boundary: { kind: 'version', at: '2026-01-01' } },
  { what: "the rider's season", world: TYUMEN, date: 20260901, category: 'pupil', fromS: at(2, 59, 59), toS: at(3), boundary: { kind: 'season', at: '2026-09-01' } },
  { what: "the end of the rider's season", world: TYUMEN, date: 20260601, category: 'pupil', fromS: at(2, 59, 59), toS: at(3), boundary: { kind: 'season', at: '2026-06-01' } },
  { what: "somebody else's season is a day like others", world: TYUMEN, date: 20260601, category: 'student', fromS: at(2, 59, 59), toS: at(3), boundary: { kind: 'charging-day', at: '03:00' } },
]; // biome-ignore format: a table reads best as one block

for (const { what, world, date, category, fromS, toS, boundary } of CASES) {
  test(`between the two lies: ${what}`, () => {
    const day = world.days.find(one => one.date === date);
    assert.ok(day);
    assert.equal(boundaryWithin(world.tariffs, day, category, fromS, toS), boundary);
  });
}

test.run();
