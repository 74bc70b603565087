/** Taps of a few cards, put in order. */
import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { AccountTap } from '../../../src/core/fare/account.ts';
import { epoch, type ServiceDate } from '../../../src/core/time.ts';
import { InOrder, LINES_WAITED, type Place, TAPS_HELD_BACK } from '../../../src/lab/compare/in-order.ts';
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

/** Line by line, from 2 on; `ROOM` stands on a line of its own. */
function play(lines: readonly (Line | typeof ROOM)[]): [card: string, line: number, place: Place][] {
  const riders = new Map<string, Rider>();
  const came: [string, number, Place][] = [];
  const order = new InOrder(
    ({ card }, { line }, place) => came.push([card, line, place]),
    (before, ride) => ride.trip === 'held' && before.trip === 'held',
  );
  for (const [index, one] of lines.entries()) {
    const line = index + 2;
    if (one === ROOM) {
      order.makeRoom(line);
      continue;
    }
    const rider = riders.get(one.card) ?? new Rider(one.card);
    riders.set(one.card, rider);
    const tap = tapOf(one, line);
    order.take(rider, { line, taps: [tap, tap] });
  }
  order.end();
  return came;
}

/** So many are held that room is made. */
const ROOM = 'room';

const A = (at: number, changes: Partial<Line> = {}): Line => ({ card: 'a', at, ...changes });
/** Of other cards. */
const others = (taps: number) => Array.from({ length: taps }, (_, index) => ({ card: `o${index}`, at: 1 }));

const ROWS: readonly [
  what: string,
  lines: readonly (Line | typeof ROOM)[],
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
    'from the last to the first',
    [A(3), A(2), A(1)],
    [
      [4, 'next'],
      [3, 'next'],
      [2, 'next'],
    ],
  ],
  [
    'however late, where all are held at once',
    [A(2), ...others(3 * LINES_WAITED), A(1)],
    [
      [3 * LINES_WAITED + 3, 'next'],
      [2, 'next'],
    ],
  ],
  [
    'the same tap again at once',
    [A(1, { ref: 'x', device: 'd' }), A(1, { ref: 'x', device: 'd' })],
    [
      [2, 'next'],
      [3, 'again'],
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
  [
    'after room was made, and too late',
    [A(2), ...others(LINES_WAITED - 1), ROOM, A(1)],
    [
      [2, 'next'],
      [LINES_WAITED + 3, 'late'],
    ],
  ],
  [
    'after room was made, and as late as may be',
    [A(2), ...others(LINES_WAITED - 2), ROOM, A(1)],
    [
      [LINES_WAITED + 2, 'next'],
      [2, 'next'],
    ],
  ],
  [
    'that room was made behind, with those that stand behind them',
    [A(3), ...others(LINES_WAITED), A(2), ROOM, A(1)],
    [
      [LINES_WAITED + 5, 'next'],
      [LINES_WAITED + 3, 'next'],
      [2, 'next'],
    ],
  ],
  [
    'the same tap again after room was made',
    [A(1, { ref: 'x' }), ...others(LINES_WAITED), ROOM, A(1, { ref: 'x' })],
    [
      [2, 'next'],
      [LINES_WAITED + 4, 'again'],
    ],
  ],
];

for (const [what, lines, came] of ROWS) {
  test(`taps ${what}`, () => {
    const own = play(lines).filter(([card]) => card === 'a');
    assert.equal(
      own.map(([, line, place]) => [line, place]),
      came,
    );
  });
}

test('of one card from its last tap to its first, so many are held back at most', () => {
  const falling = (taps: number) => Array.from({ length: taps }, (_, index) => A(1e6 - index));
  const placeOfLast = (taps: number) => play([...falling(taps), ROOM, A(1)]).at(-1)?.[2];
  assert.is(placeOfLast(TAPS_HELD_BACK), 'next');
  assert.is(placeOfLast(TAPS_HELD_BACK + 1), 'late');
});

const shuffled = fc.array(
  fc.record({ card: fc.constantFrom('a', 'b', 'c'), at: fc.integer({ min: 1, max: 50 }) }),
  { maxLength: 60 },
);

test('what comes out of a card is in order, card by card, and every tap comes out once', () => {
  fc.assert(
    fc.property(shuffled, lines => {
      const came = play(lines);
      assert.is(came.length, lines.length);
      const cards = came.map(([card]) => card);
      assert.is(cards.filter((card, index) => card !== cards[index - 1]).length, new Set(cards).size);
      for (const card of ['a', 'b', 'c']) {
        const rated = came.filter(([own, , place]) => own === card && place === 'next');
        const moments = rated.map(([, line]) => lines[line - 2]?.at ?? 0);
        assert.is(moments.length, lines.filter(one => one.card === card).length);
        assert.equal(
          moments,
          [...moments].sort((x, y) => x - y),
        );
      }
    }),
    { numRuns: 200 },
  );
});

test('what becomes of a card does not depend on the others: it may be told without them', () => {
  fc.assert(
    fc.property(shuffled, lines => {
      const places = (all: readonly Line[], card: string) =>
        play(all).flatMap(([own, , place]) => (own === card ? [place] : []));
      const alone = lines.filter(({ card }) => card === 'a');
      assert.equal(places(alone, 'a'), places(lines, 'a'));
    }),
    { numRuns: 100 },
  );
});

test.run();
