/** Taps of a few cards, put in order. */
import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { AccountTap } from '../../../src/core/fare/account.ts';
import { epoch, type ServiceDate } from '../../../src/core/time.ts';
import {
  InOrder,
  LINES_WAITED,
  type Place,
  TAPS_HELD,
  TAPS_HELD_BACK,
} from '../../../src/lab/compare/in-order.ts';
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

/** Line by line, from 2 on. */
function play(lines: readonly Line[]): [card: string, line: number, place: Place][] {
  const riders = new Map<string, Rider>();
  const came: [string, number, Place][] = [];
  const order = new InOrder(
    ({ card }, { line }, place) => came.push([card, line, place]),
    (before, ride) => ride.trip === 'held' && before.trip === 'held',
  );
  for (const [index, one] of lines.entries()) {
    const rider = riders.get(one.card) ?? new Rider(one.card);
    riders.set(one.card, rider);
    const tap = tapOf(one, index + 2);
    order.take(rider, { line: index + 2, taps: [tap, tap] });
  }
  for (const rider of riders.values()) order.end(rider);
  return came;
}

const A = (at: number, changes: Partial<Line> = {}): Line => ({ card: 'a', at, ...changes });
/** Of other cards. */
const others = (taps: number) => Array.from({ length: taps }, (_, index) => ({ card: `o${index}`, at: 1 }));

/** So many of the card, one after another: `first` is the moment of the first of them. */
const rising = (taps: number, first: number) => Array.from({ length: taps }, (_, index) => A(first + index));

const ROWS: readonly [what: string, lines: readonly Line[], came: [line: number, place: Place][]][] = [
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

/** How the last of them stands. */
const lastOf = (lines: readonly Line[]) => play(lines).find(([, line]) => line === lines.length + 1)?.[2];

test('of a card with more taps than are held, one that comes too late is told apart', () => {
  // When room is made, the first of the last 1,024 lines is held back, with whatever stands behind it.
  const held = rising(TAPS_HELD, 10);
  const heldBack = 10 + TAPS_HELD - LINES_WAITED;
  assert.is(lastOf([...held, A(heldBack)]), 'next');
  assert.is(lastOf([...held, A(heldBack - 2)]), 'late');
  assert.is(lastOf([...held.slice(1), A(5)]), 'next');
  assert.is(lastOf([...held, A(10, { ref: 'file/2' })]), 'late');
});

test('of one card from its last tap to its first, so many are held back at most', () => {
  const falling = (taps: number) => Array.from({ length: taps }, (_, index) => A(1e6 - index));
  const early = rising(TAPS_HELD - TAPS_HELD_BACK, 1);
  assert.is(lastOf([...early, ...falling(TAPS_HELD_BACK), A(1e5)]), 'next');
  const more = rising(TAPS_HELD - TAPS_HELD_BACK - 1, 1);
  assert.is(lastOf([...more, ...falling(TAPS_HELD_BACK + 1), A(1e5)]), 'late');
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

const ofDevices = fc
  .array(fc.record({ at: fc.integer({ min: 1, max: 9 }), device: fc.constantFrom('d', 'e') }), {
    maxLength: 10,
  })
  .chain(lines => {
    const counted = lines.map(({ at, device }, count) => ({
      line: A(at, { device, ref: `${count}` }),
      count,
    }));
    return fc.shuffledSubarray(counted, { minLength: counted.length });
  });

test('in whatever order the taps of a card stand, every one is next, a clock that was set back or none', () => {
  fc.assert(
    fc.property(ofDevices, counted => {
      const rider = new Rider('a');
      const places: Place[] = [];
      const order = new InOrder(
        (_, __, place) => places.push(place),
        () => false,
      );
      for (const [index, { line, count }] of counted.entries()) {
        const tap: AccountTap = { ...tapOf(line, index), sequence: count };
        order.take(rider, { line: index + 2, taps: [tap, tap] });
      }
      order.end(rider);
      assert.equal(
        places,
        counted.map(() => 'next'),
      );
    }),
    { numRuns: 500 },
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
