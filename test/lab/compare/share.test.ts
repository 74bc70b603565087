/** A file rated in shares, by one process or by several. */
import { statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { TuraError } from '../../../src/core/error.ts';
import { compare } from '../../../src/lab/compare/compare.ts';
import { extremesOf } from '../../../src/lab/compare/extremes.ts';
import { rateShare, Whole } from '../../../src/lab/compare/share.ts';
import { sideOf } from '../../../src/lab/compare/sides.ts';
import { withFolder } from '../../temporary.ts';
import { LONDON, LONDON_CHANGED, row, table } from './bench.ts';
import { londonTaps } from './taps.ts';

const SIDES = [sideOf('old', LONDON), sideOf('new', LONDON_CHANGED)] as const;

function withTaps<T>(text: string, use: (file: string) => Promise<T>): Promise<T> {
  return withFolder(folder => {
    const file = join(folder, 'taps.csv');
    writeFileSync(file, text);
    return use(file);
  });
}

async function inShares(file: string, of: number): Promise<unknown> {
  const whole = new Whole(SIDES);
  for (let index = 0; index < of; index++)
    whole.add(await rateShare(file, SIDES, { index, of, takenBack: new Set() }, () => undefined));
  const { tally, leftOut, riders, told, repeats } = whole;
  const { taps, days, declined, changes } = tally;
  const groups = tally.by.map(
    breakdown =>
      new Map(
        [...breakdown.data.groups]
          .map(
            ([key, group]) =>
              [
                key,
                { ...breakdown.sumsOf(group), riders: cardsIn(whole, breakdown.data.riders[group]) },
              ] as const,
          )
          .sort(([a], [b]) => (a < b ? -1 : 1)),
      ),
  );
  const paid = [...riders].sort((a, b) => (a.card < b.card ? -1 : 1));
  return {
    taps,
    days,
    declined,
    changes: changes.all(),
    groups,
    total: tally.total,
    paid,
    extremes: extremesOf(told),
    repeats,
    problems: leftOut.problems,
    leftOut: leftOut.count,
  };
}

function cardsIn({ riders }: Whole, bits: Uint32Array = new Uint32Array()): string[] {
  return riders
    .flatMap(({ card }, index) => (((bits[index >>> 5] ?? 0) >>> (index & 31)) & 1 ? [card] : []))
    .sort();
}

const WRONG = [row({ at: 'noon', card: 'vera' }), row({ at: '2026-03-02 06:00' }), '"', 'x,"y'];

test('in how many shares a file is rated does not matter', async () => {
  const rows = fc.tuple(londonTaps, fc.array(fc.constantFrom(...WRONG), { maxLength: 6 }));
  await fc.assert(
    fc.asyncProperty(rows, fc.integer({ min: 2, max: 4 }), ([right, wrong], of) =>
      withTaps(table([...right, ...wrong]), async file => {
        assert.equal(await inShares(file, of), await inShares(file, 1));
      }),
    ),
    { numRuns: 20 },
  );
});

const TAPS = Array.from({ length: 400 }, (_, index) =>
  row({
    at: `2026-03-02 ${String(8 + Math.floor(index / 60)).padStart(2, '0')}:${String(index % 60).padStart(2, '0')}`,
    card: `c${index % 37}`,
    network: 'bus',
    route: `bus-${index % 5}`,
  }),
);

test('processes come to what one of them comes to, and say how far they are', async () => {
  await withTaps(table([...TAPS, ...WRONG]), async file => {
    const progress: number[] = [];
    const sorted = { most: 0, of: 0 };
    const one = await compare(file, SIDES, () => undefined, 1);
    const three = await compare(
      file,
      SIDES,
      (stage, done, total) => {
        if (stage === 'rating') progress.push(done / total);
        else Object.assign(sorted, { most: Math.max(sorted.most, done), of: total });
      },
      3,
    );
    assert.equal(three, one);
    assert.is(one.counts.leftOut, WRONG.length);
    assert.is(progress.at(-1), 1);
    const { size } = statSync(file);
    assert.ok(
      Math.abs(sorted.of - size) < 1 && sorted.most <= sorted.of,
      `${sorted.most} of ${sorted.of} bytes`,
    );
  });
});

test('what a process refuses is refused by name', async () => {
  await withTaps('at,card,catgory\n', async file => {
    try {
      await compare(file, SIDES, () => undefined, 2);
      assert.unreachable();
    } catch (error) {
      assert.instance(error, TuraError);
      assert.match(String(error), /:1:9: unknown column 'catgory'/);
    }
  });
});

test.run();
