/** Taps nearly in order, put in order. */
import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { AccountTap } from '../../../src/core/fare/account.ts';
import { epoch, type ServiceDate } from '../../../src/core/time.ts';
import { InOrder, LINES_WAITED, type Place, TAPS_WAITING } from '../../../src/lab/compare/in-order.ts';
import { Rider } from '../../../src/lab/compare/rider.ts';

interface Line {
  readonly card: string;
  readonly at: number;
  /** Absent: its own line. */
  readonly ref?: string;
  readonly device?: string;
  /** Absent: a trip of its own. */
  readonly trip?: string;
}

function tapOf({ at, ref, device, trip }: Line, line: number): AccountTap {
  const name = ref ?? `file/${line}`;
  const stream = device ?? `file/${String(line).padStart(9, '0')}`;
  const ride = { ref: name, atMs: epoch(at), serviceDate: 20260302 as ServiceDate, trip: trip ?? name };
  return { stream, sequence: line, hash: name, ride: { ...ride, mediumClass: 'card', category: 'adult' } };
}

/** Line by line, from 2 on; undefined is a line without a tap. */
function play(lines: readonly (Line | undefined)[]): [card: string, line: number, place: Place][] {
  const riders = new Map<string, Rider>();
  const came: [string, number, Place][] = [];
  const order = new InOrder(
    ({ card }, { line }, place) => came.push([card, line, place]),
    (before, ride) => ride.trip === 'held' && before.trip === 'held',
  );
  for (const [index, one] of lines.entries()) {
    if (one === undefined) continue;
    const rider = riders.get(one.card) ?? new Rider(one.card);
    riders.set(one.card, rider);
    const tap = tapOf(one, index + 2);
    order.take(rider, index + 2, [tap, tap]);
  }
  order.end();
  return came;
}

const A = (at: number, changes: Partial<Line> = {}): Line => ({ card: 'a', at, ...changes });
const gap = (lines: number) => new Array<undefined>(lines).fill(undefined);

const ROWS: readonly [
  what: string,
  lines: readonly (Line | undefined)[],
  came: [line: number, place: Place][],
][] = [
  [
    'in order',
    [A(1), A(2)],
    [
      [2, 'next'],
      [3, 'next'],
    ],
  ],
  [
    'of one moment, as they stand',
    [A(1), A(1), A(1)],
    [
      [2, 'next'],
      [3, 'next'],
      [4, 'next'],
    ],
  ],
  [
    'held there once more, and again',
    [A(1, { trip: 'held' }), A(2, { trip: 'held' }), A(3, { trip: 'held' }), A(4)],
    [
      [2, 'next'],
      [3, 'again'],
      [4, 'again'],
      [5, 'next'],
    ],
  ],
  [
    'two lines late',
    [A(2), A(3), A(1)],
    [
      [4, 'next'],
      [2, 'next'],
      [3, 'next'],
    ],
  ],
  [
    'as late as may be',
    [A(2), ...gap(LINES_WAITED - 2), A(1)],
    [
      [LINES_WAITED + 1, 'next'],
      [2, 'next'],
    ],
  ],
  [
    'after the one behind it was let go',
    [A(2), ...gap(4 * LINES_WAITED - 1), A(1)],
    [
      [2, 'next'],
      [4 * LINES_WAITED + 2, 'late'],
    ],
  ],
  [
    'far apart and in order',
    [A(1), ...gap(3 * LINES_WAITED), A(2)],
    [
      [2, 'next'],
      [3 * LINES_WAITED + 3, 'next'],
    ],
  ],
  [
    'the same tap again at once',
    [A(1, { ref: 'x' }), A(1, { ref: 'x' })],
    [
      [3, 'again'],
      [2, 'next'],
    ],
  ],
  [
    'the same tap again afterwards',
    [A(1, { ref: 'x' }), ...gap(4 * LINES_WAITED), A(1, { ref: 'x' })],
    [
      [2, 'next'],
      [4 * LINES_WAITED + 3, 'again'],
    ],
  ],
  [
    'soon behind one another are let go together, before another that came between them',
    [A(1), A(2, { card: 'b' }), A(3), ...gap(4 * LINES_WAITED)],
    [
      [2, 'next'],
      [4, 'next'],
      [3, 'next'],
    ],
  ],
  [
    'of one device, by its own count',
    [A(2, { device: 'd' }), A(1, { device: 'd' })],
    [
      [2, 'next'],
      [3, 'next'],
    ],
  ],
];

for (const [what, lines, came] of ROWS) {
  test(`taps ${what}`, () => {
    assert.equal(
      play(lines).map(([, line, place]) => [line, place]),
      came,
    );
  });
}

test('of one card so many taps wait at most, and the first of them goes on', () => {
  const rising = Array.from({ length: TAPS_WAITING }, (_, index) => A(index + 10));
  assert.equal(play([...rising, A(5)])[1], ['a', TAPS_WAITING + 2, 'late']);
  assert.equal(play([...rising.slice(1), A(5)])[0], ['a', TAPS_WAITING + 1, 'next']);
});

const shuffled = fc
  .array(
    fc.record({
      card: fc.constantFrom('a', 'b', 'c'),
      at: fc.integer({ min: 1, max: 50 }),
      lines: fc.nat(LINES_WAITED),
    }),
    {
      maxLength: 40,
    },
  )
  .map(taps =>
    taps.flatMap(({ card, at, lines }) => [{ card, at }, ...gap(lines % 4 === 0 ? lines : lines % 3)]),
  );

test('what comes out of a card is in order, and every tap comes out once', () => {
  fc.assert(
    fc.property(shuffled, lines => {
      const came = play(lines);
      assert.is(came.length, lines.filter(one => one !== undefined).length);
      for (const card of ['a', 'b', 'c']) {
        const rated = came.filter(([own, , place]) => own === card && place === 'next');
        const moments = rated.map(([, line]) => lines[line - 2]?.at ?? 0);
        assert.equal(
          moments,
          [...moments].sort((x, y) => x - y),
        );
      }
    }),
    { numRuns: 100 },
  );
});

test('what becomes of a card does not depend on the others: a second reading may skip them', () => {
  fc.assert(
    fc.property(shuffled, lines => {
      const alone = lines.map(one => (one?.card === 'a' ? one : undefined));
      assert.equal(
        play(alone),
        play(lines).filter(([card]) => card === 'a'),
      );
    }),
    { numRuns: 100 },
  );
});

test.run();
