/** Further riders by button: the next card pays for one more, at once and however late on the trip. */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { readEdited } from '../../tariffs.ts';
import { Bench, card, entitled, presented } from './bench.ts';

/** A tariff in which the window alone makes nobody a further rider. */
const BY_TRIGGER = readEdited(['tariff.yaml', 'passback: {', 'passback: { group: trigger,']).tariff;

test('without the button the same card again is passback, with it one more rider', () => {
  const bench = new Bench(BY_TRIGGER);
  bench.run(presented('front', card(1), 0));
  bench.run({ kind: 'removed', readerId: 'front' });
  assert.equal(bench.run(presented('front', card(1), 10)), ['front: - passback #2']);
  bench.run({ kind: 'removed', readerId: 'front' });
  assert.equal(bench.ask({ kind: 'riders', more: 1 }, 11), { kind: 'riders', riders: 1 });
  assert.equal(
    bench.run(presented('front', card(1), 11.5)),
    ['front: 37.00 further-rider #3'],
    'no debounce',
  );
  assert.equal(
    bench.commits.map(({ body }) => body.riders),
    [undefined, undefined, 2],
  );
  assert.equal(bench.run(presented('rear', card(1), 20)), ['rear: - passback #4'], 'it is used up');
});

test('long after the window, while the trip goes on, the button still makes a further rider', () => {
  const bench = new Bench();
  bench.run(presented('front', card(1), 0));
  bench.ask({ kind: 'riders', more: 1 }, 1500);
  assert.equal(bench.run(presented('rear', card(1), 1510)), ['rear: 37.00 further-rider #2']);
});

test('whoever has not ridden yet is the first rider of a group', () => {
  const bench = new Bench();
  bench.ask({ kind: 'riders', more: 1 });
  assert.equal(bench.run(presented('front', card(1), 5)), ['front: 37.00 fare-paid #1']);
  assert.is(bench.commits[0]?.body.riders, 1);
});

test('a card that carries one rider carries no other by button either', () => {
  const bench = new Bench().knowing(entitled('pupil'));
  bench.run(presented('front', card(1), 0));
  bench.ask({ kind: 'riders', more: 1 }, 5);
  assert.equal(bench.run(presented('rear', card(1), 6)), ['rear: - passback #2']);
});

const LATER: [atS: number, said: string][] = [
  [30, '37.00 further-rider #2'],
  [30.001, '- passback #2'],
];

for (const [atS, expected] of LATER) {
  test(`a button nobody followed for ${atS} s: ${expected}`, () => {
    const bench = new Bench(BY_TRIGGER);
    bench.run(presented('front', card(1), -10));
    bench.ask({ kind: 'riders', more: 1 }, 0);
    assert.equal(bench.run(presented('rear', card(1), atS)), [`rear: ${expected}`]);
  });
}

test('a further rider whose tap could not be written is still waited for', () => {
  const bench = new Bench(BY_TRIGGER);
  bench.run(presented('front', card(1), -10));
  bench.ask({ kind: 'riders', more: 1 }, 0);
  bench.step(presented('rear', card(1), 1));
  bench.answer();
  bench.fail();
  bench.step({ kind: 'mended' });
  assert.equal(bench.run(presented('rear', card(1), 5)), ['rear: 37.00 further-rider #2']);
  bench.run({ kind: 'removed', readerId: 'rear' });
  assert.equal(bench.run(presented('rear', card(1), 10)), ['rear: - passback #3'], 'and then no more');
});

test('more than nine at once are a slip of the hand', () => {
  const bench = new Bench();
  assert.equal(bench.ask({ kind: 'riders', more: 9 }), { kind: 'riders', riders: 9 });
  assert.equal(bench.ask({ kind: 'riders', more: 1 }), { kind: 'refused', why: 'too-many-riders' });
});

test.run();
