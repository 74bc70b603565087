import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { VehicleEvent } from '../../../src/core/validator/event.ts';
import { railway } from '../fare/rail.ts';
import { Bench, card, entitled, PLACE, presented } from './bench.ts';

const BENCH = () => new Bench(railway()).knowing(entitled('adult', { mediumClass: 'card' }));

function at(stopId: string): VehicleEvent {
  return { kind: 'placed', place: { ...PLACE, networkId: 'rail', stopId } };
}

test('one reader serves both ways: whoever has a journey open leaves', () => {
  const bench = BENCH();
  bench.step(at('a1'));
  const entered = bench.run(presented('front', card(1), 0));
  bench.step({ kind: 'removed', readerId: 'front' });
  bench.step(at('b1'));
  const left = bench.run(presented('front', card(1), 1200));
  assert.equal([entered, left], [['front: - journey-begun #1'], ['front: 3.00 fare-paid #2']]);
  assert.equal(
    bench.commits.map(({ body }) => [body.action, body.journeyRef]),
    [
      ['entry', undefined],
      ['exit', 'tmn-bus-101/00112233aabbccdd/1'],
    ],
  );
});

test('what a tap settles of a journey that was never left is on its record and on the screen', () => {
  const bench = new Bench(
    railway(['    incomplete: {', '    deposit: { fareProduct: deposit, product: 7 }\n    incomplete: {']),
  ).knowing(entitled('adult', { mediumClass: 'card' }));
  bench.step(at('a1'));
  bench.run(presented('front', card(1), 0));
  bench.step({ kind: 'removed', readerId: 'front' });
  bench.step(at('nowhere'));
  // Out at a stop that nobody knows: the entry's maximum fare less its deposit.
  assert.equal(bench.run(presented('front', card(1), 1200)), ['front: -11.00 end-unknown #2']);
  const { lines, graced } = bench.commits[1]?.body ?? {};
  assert.equal([lines?.map(({ amountMinor }) => amountMinor), graced], [[900, -2000], ['stop-unknown']]);
});

test('before the first version of a tariff no ride has a fare', () => {
  const bench = BENCH();
  bench.step(at('a1'));
  assert.equal(bench.run(presented('front', card(1), 0, '2025-12-31 12:00:00')), ['front: - no-fare #1']);
});

test.run();
