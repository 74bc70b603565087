import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { Bench, card, entitled, presented, RANDOM } from './bench.ts';

const removed = (readerId: string) => ({ kind: 'removed', readerId }) as const;
const REPEATED = '37.00 fare-paid #1 again';

test('while the card stays in the field its answer stands, however long', () => {
  const bench = new Bench();
  bench.run(presented('front', card(1), 0));
  for (const atS of [0, 1, 2, 60, 7200]) {
    assert.equal(bench.run(presented('front', card(1), atS)), [`front: ${REPEATED}`]);
  }
  assert.is(bench.commits.length, 1);
});

/** The tariff's debounce is 2 s. */
const AFTER: [atS: number, said: string][] = [
  [0, REPEATED],
  [1.999, REPEATED],
  [2, '37.00 further-rider #2'],
  [2.001, '37.00 further-rider #2'],
];

for (const [atS, expected] of AFTER) {
  test(`taken away and shown again after ${atS} s at the same door: ${expected}`, () => {
    const bench = new Bench();
    bench.run(presented('front', card(1), 0));
    bench.run(removed('front'));
    assert.equal(bench.run(presented('front', card(1), atS)), [`front: ${expected}`]);
  });

  test(`shown at another door after ${atS} s: ${expected}`, () => {
    const bench = new Bench();
    bench.run(presented('front', card(1), 0));
    assert.equal(bench.run(presented('rear', card(1), atS)), [`rear: ${expected}`]);
  });
}

test('a refusal is repeated like any other answer', () => {
  const bench = new Bench().knowing(entitled('pupil'));
  bench.run(presented('front', card(1), 0));
  bench.run(removed('front'));
  bench.run(presented('front', card(1), 10));
  bench.run(removed('front'));
  assert.equal(bench.run(presented('front', card(1), 11)), ['front: - passback #2 again']);
  assert.is(bench.commits.length, 2);
});

test('a repeated answer does not make the two seconds longer', () => {
  const bench = new Bench();
  bench.run(presented('front', card(1), 0));
  bench.run(presented('rear', card(1), 1.5));
  bench.run(removed('rear'));
  assert.equal(bench.run(presented('rear', card(1), 2.5)), ['rear: 37.00 further-rider #2']);
});

test('a card that got its answer at one door and lies at another does not pay there while it lies', () => {
  const bench = new Bench();
  bench.run(presented('front', card(1), 0));
  assert.equal(bench.run(presented('rear', card(1), 1)), [`rear: ${REPEATED}`]);
  assert.equal(bench.run(presented('rear', card(1), 30)), [`rear: ${REPEATED}`]);
});

test('another card in between is another card, and the first in the field again is debounced by time', () => {
  const bench = new Bench();
  bench.run(presented('front', card(1), 0));
  assert.equal(bench.run(presented('front', card(2), 1)), ['front: 37.00 fare-paid #2']);
  assert.equal(bench.run(presented('front', card(1), 1.5)), [`front: ${REPEATED}`]);
  assert.equal(bench.run(presented('front', card(2), 10)), ['front: 37.00 further-rider #3']);
});

test('a card torn off before its answer was shown gets that answer when it is shown again', () => {
  const bench = new Bench();
  bench.step(presented('front', card(1), 0));
  bench.step(removed('front'));
  bench.answer();
  bench.answer();
  assert.equal(bench.state.readers.front, { kind: 'ready' });
  assert.equal(bench.run(presented('front', card(1), 1)), [`front: ${REPEATED}`]);
});

test('what cannot be read is asked for again, and nothing is recorded', () => {
  const bench = new Bench();
  const unreadable = { kind: 'unreadable', readerId: 'front', why: 'the card left too soon' } as const;
  assert.equal(bench.run(unreadable), ['front: again, the card left too soon']);
  assert.is(bench.commits.length, 0);
});

/** A phone draws a new number at every activation: what shows one at the same reader at once is the same phone. */
const RANDOM_AFTER: [what: string, leaves: boolean, readerId: string, atS: number, said: string][] = [
  ['held on', false, 'front', 1.999, '- random-uid #1 again'],
  ['held on for an hour', false, 'front', 3600, '- random-uid #1 again'],
  ['taken away and shown again', true, 'front', 1.999, '- random-uid #1 again'],
  ['taken away and shown again later', true, 'front', 2, '- random-uid #2'],
  ['seen at another reader, where it may be another', false, 'rear', 0.1, '- random-uid #2'],
];

for (const [what, leaves, readerId, atS, expected] of RANDOM_AFTER) {
  test(`a random UID that is ${what}, after ${atS} s: ${expected}`, () => {
    const bench = new Bench();
    bench.run(presented('front', RANDOM, 0));
    if (leaves) bench.run(removed('front'));
    assert.equal(bench.run(presented(readerId, RANDOM, atS)), [`${readerId}: ${expected}`]);
  });
}

test('a random UID that stands unanswered in the queue is recorded once', () => {
  const bench = new Bench();
  for (const atS of [0, 0.2]) bench.step(presented('front', RANDOM, atS));
  while (bench.state.turn !== undefined) bench.answer();
  assert.is(bench.commits.length, 1);
  assert.is(bench.shown.length, 2);
});

test('a card between two random UIDs gets its own answer', () => {
  const bench = new Bench();
  bench.run(presented('front', RANDOM, 0));
  assert.equal(bench.run(presented('front', card(1), 0.5)), ['front: 37.00 fare-paid #2']);
  assert.equal(bench.run(presented('front', RANDOM, 1)), ['front: - random-uid #1 again']);
});

test('only answers young enough to be repeated are kept', () => {
  const bench = new Bench();
  for (let number = 1; number <= 50; number++) bench.run(presented('front', card(number), number));
  assert.is(bench.state.recent.length, 2);
});

test.run();
