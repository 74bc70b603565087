/** What an outing comes to, and how it reads as a scenario. */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { isInOrder, type Outing, play, type Trip } from '../../../src/lab/search/outing.ts';
import { scenarioText } from '../../../src/lab/search/scenario-text.ts';
import { applied } from '../../../src/lab/search/trick.ts';
import type { World } from '../../../src/lab/search/world.ts';
import { missesOf } from '../scenario/scenarios.ts';
import { shippedWorld, stopOf } from './shipped.ts';

const LONDON = shippedWorld('london-like');
const NETHERLANDS = shippedWorld('netherlands-like');

const at = (hour: number, minute = 0) => hour * 3600 + minute * 60;

function trip(world: World, network: string, from: string, to: string, enterS: number, leaveS: number): Trip {
  const way = world.ways.find(one => one.network === network);
  if (way === undefined) throw new Error(`no network ${network}`);
  const ends = { from: stopOf(world, from), to: stopOf(world, to) };
  return { way, line: undefined, ...ends, enterS, leaveS, isSecondCard: false };
}

function outing(world: World, ...trips: readonly Trip[]): Outing {
  const [[day], [payer]] = [world.days, world.payers];
  if (day === undefined || payer === undefined) throw new Error('a world without days and riders');
  return { day, payer, trips };
}

const THERE = trip(LONDON, 'rail', 'quay', 'park', at(10), at(10, 30));

test('a ride that is left is two taps, one that is not is one', () => {
  const played = play(
    LONDON.tariffs,
    outing(LONDON, THERE, trip(LONDON, 'bus', 'bus-park', 'bus-mill', at(11), at(11, 20))),
  );
  assert.is(played?.totalMinor, 310 + 175);
  assert.equal(
    played?.taps.map(({ paidMinor }) => paidMinor),
    [0, 310, 175],
  );
});

test('nothing is said of an outing with a ride that is declined, or is no whole journey', () => {
  const tooLong = trip(LONDON, 'rail', 'quay', 'park', at(10), at(13));
  assert.is(play(LONDON.tariffs, outing(LONDON, tooLong)), undefined);
  const nobody = {
    ...outing(LONDON, THERE),
    payer: { medium: 'cash', category: 'adult', passes: [], redeem: [] },
  };
  assert.is(play(LONDON.tariffs, nobody), undefined);
});

test('nobody rides before they were left off, nor elsewhere without the time to walk there', () => {
  const back = (from: string, enterS: number) => trip(LONDON, 'rail', from, 'quay', enterS, enterS + 600);
  assert.ok(isInOrder([THERE, back('park', at(10, 30))]));
  assert.not.ok(isInOrder([THERE, back('park', at(10, 29))]));
  assert.not.ok(isInOrder([THERE, back('field', at(10, 35))]));
  assert.ok(isInOrder([THERE, back('field', at(10, 40))]));
  assert.not.ok(isInOrder([{ ...THERE, leaveS: at(10) }]));
});

test('a trick that does not fit into the times of an outing is none', () => {
  const two = outing(LONDON, THERE, trip(LONDON, 'rail', 'park', 'quay', at(10, 35), at(11)));
  const waiting = (byS: number) => applied(two, { kind: 'waiting', trip: 0, count: 1, byS });
  assert.is(waiting(300)?.trips[0]?.leaveS, at(10, 35));
  assert.is(waiting(301), undefined);
});

test('a way that is split on two cards is a scenario of two cards, and passes', () => {
  const one = outing(LONDON, THERE);
  const mill = stopOf(LONDON, 'mill');
  const split = applied(one, {
    kind: 'splitting',
    trip: 0,
    over: mill,
    leaveS: at(10, 15),
    enterS: at(10, 16),
    isSecondCard: true,
  });
  const played = split && play(LONDON.tariffs, split);
  assert.ok(split && played);
  assert.is(played.totalMinor, 290 + 200);
  const text = scenarioText(LONDON.tariffs, "two cards: the rider's way", split, played);
  assert.is(
    text,
    `scenario: 'two cards: the rider''s way'
cards:
  first: {}
  second: {}
steps:
  - { at: 2026-02-02 10:00, card: first, does: enter, network: rail, stop: quay, pay: '0.00' }
  - { at: 2026-02-02 10:15, card: first, does: leave, network: rail, stop: mill, pay: '2.90' }
  - { at: 2026-02-02 10:16, card: second, does: enter, network: rail, stop: mill, pay: '0.00' }
  - { at: 2026-02-02 10:30, card: second, does: leave, network: rail, stop: park, pay: '2.00' }
`,
  );
  assert.equal(missesOf(text, LONDON.tariffs[0]), []);
});

test('whoever holds a pass holds it in the scenario too', () => {
  const holder = NETHERLANDS.payers.find(({ passes }) => passes.length > 0);
  assert.ok(holder);
  const within = {
    ...outing(NETHERLANDS, trip(NETHERLANDS, 'bus', 'lelie', 'molen', at(8), at(8, 20))),
    payer: holder,
  };
  const played = play(NETHERLANDS.tariffs, within);
  assert.is(played?.totalMinor, 0);
  const text = played && scenarioText(NETHERLANDS.tariffs, 'a pass', within, played);
  assert.match(text ?? '', /^scenario: 'a pass'\ncard: \{ passes: \[\{ pass: lelie-molen \}\] \}\n/);
});

test.run();
