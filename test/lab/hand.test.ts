/** The hand that holds cards: by name, at the reader that was named, and in turn where none was. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { TuraError } from '../../src/core/error.ts';
import { parseCardFile } from '../../src/lab/card-input.ts';
import { Hand, type Hold } from '../../src/lab/hand.ts';
import { SimulatedReader } from '../../src/onboard/reader/simulated.ts';
import { FIXTURES } from '../cli/input.ts';

const { cards } = parseCardFile(readFileSync(join(FIXTURES, 'cards.yaml'), 'utf8'), 'cards.yaml');

/** What each tap was, as `vehicle reader card`, with the card's name as the hand gives it at that moment. */
function fleet(): { hand: Hand; tapped: string[] } {
  const tapped: string[] = [];
  const readers = new Map(
    [
      ['bus-101', ['front', 'rear']],
      ['tram-7', ['first']],
    ].map(([vehicle, ids]) => [
      vehicle as string,
      new Map((ids as string[]).map(id => [id, new SimulatedReader(id)])),
    ]),
  );
  const hand = new Hand(cards, readers);
  for (const [vehicle, own] of readers) {
    for (const [id, reader] of own) {
      reader.start(({ kind }) => {
        if (kind !== 'presented') return;
        tapped.push(`${vehicle} ${id} ${hand.cardAt(vehicle, id)}`);
        reader.show(id);
      });
    }
  }
  return { hand, tapped };
}

const HOLDS: readonly [hold: Hold, tapped: string][] = [
  [{ card: 'anna-general' }, 'bus-101 front anna-general'],
  [{ card: 'anna-general', vehicleId: 'tram-7' }, 'tram-7 first anna-general'],
  [{ card: 'anna-general', vehicleId: 'bus-101', readerId: 'rear' }, 'bus-101 rear anna-general'],
];

for (const [hold, what] of HOLDS) {
  test(`${JSON.stringify(hold)} taps ${what}`, async () => {
    const { hand, tapped } = fleet();
    await hand.tap(hold);
    assert.equal(tapped, [what]);
  });
}

test('without a name the cards are tapped in turn, again and again', async () => {
  const { hand, tapped } = fleet();
  for (let tap = 0; tap <= cards.length; tap++) await hand.tap();
  assert.equal(tapped.slice(0, 2), ['bus-101 front anna-general', 'bus-101 front dmitry-general']);
  assert.is(tapped.at(-1), tapped[0]);
});

test('a card is at its own reader only, and at none when it was taken away', async () => {
  const { hand } = fleet();
  await hand.tap({ card: 'anna-general' });
  assert.is(hand.cardAt('bus-101', 'front'), '');
  assert.is(hand.cardAt('bus-101', 'rear'), '');
});

const SLIPS: readonly [hold: Hold, message: string, expected: string][] = [
  [{ card: 'ana-general' }, "no card 'ana-general'", "'anna-general'"],
  [{ card: 'anna-general', vehicleId: 'tram-8' }, "no vehicle 'tram-8'", "'tram-7'"],
  [{ card: 'anna-general', vehicleId: 'bus-101', readerId: 'reer' }, "no reader 'reer'", "'rear'"],
];

for (const [hold, message, expected] of SLIPS) {
  test(`${message} is said, with what was probably meant, and nothing is tapped`, async () => {
    const { hand, tapped } = fleet();
    const fault = await faultOf(hand.tap(hold));
    assert.equal([fault.message, fault.expected], [message, expected]);
    assert.equal(tapped, []);
  });
}

async function faultOf(tap: Promise<void>): Promise<TuraError> {
  const fault = await tap.catch((thrown: unknown) => thrown);
  assert.instance(fault, TuraError);
  return fault as TuraError;
}

test('a hand without cards says what it lacks', async () => {
  const hand = new Hand([], new Map([['bus', new Map([['front', new SimulatedReader('front')]])]]));
  for (const hold of [undefined, { card: 'anna' }]) {
    assert.match((await faultOf(hand.tap(hold))).message, /there is no card to tap/);
  }
});

test.run();
