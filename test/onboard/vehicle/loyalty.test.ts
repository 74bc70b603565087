/** Points on a resident card, at the readers of vehicles that share nothing but the card. */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { decodeState } from '../../../src/core/card/transit/encoding.ts';
import { namesOf } from '../../../src/core/card/transit/names.ts';
import type { CardState } from '../../../src/core/card/transit/state.ts';
import { stateOn, type TransitApplication } from '../../../src/core/card/virtual/transit.ts';
import type { ServiceDate } from '../../../src/core/time.ts';
import { issued, plain } from '../../core/card/transit/cards.ts';
import { readEdited } from '../../tariffs.ts';
import { bus, held, WRITE } from './held-chips.ts';

/** A point is a rouble: five a ride, and 10 % of what was paid; up to half of a ride may be paid with them. */
const { tariffs } = readEdited(
  [
    'tariff.yaml',
    '\npassback:',
    `
loyalty:
  - id: coffee
    partner: shop
    point: '1.00'
    source: assumed
    accrual: [{ id: each, covers: {}, points: 5, percent: 10, source: assumed }]
    redemption: { product: 90, atMost: 50, bearer: partner }

passback:`,
  ],
  [
    'tariff.yaml',
    '\nproducts:\n',
    '\nproducts:\n  - { id: 90, name: { en: Paid with points, ru: Оплачено баллами } }\n',
  ],
);

const loyal = (more: Partial<CardState['loyalty']> = {}, points?: number): CardState =>
  plain({
    loyalty: { isBlocked: false, redeems: false, ...more },
    rider: { ...plain().rider, points: points === undefined ? [] : [{ programme: 'coffee', points }] },
  });

const names = namesOf(tariffs);

function pointsOn(card: TransitApplication): number | undefined {
  const state = decodeState(stateOn(card)?.state ?? new Uint8Array(0), names);
  return state?.rider.points.find(({ programme }) => programme === 'coffee')?.points;
}

const aBus = (line: string) => bus(line, () => ({ tariffs }));

test('a ride earns points on the card, and the next vehicle adds to them', async () => {
  const [first, second] = [aBus('25'), aBus('30')];
  const card = issued(loyal());
  assert.equal(await first.rides(held(card)), ['front accepted fare-paid']);
  assert.is(pointsOn(card), 5 + 3);
  second.at(120);
  assert.equal(await second.rides(held(card)), ['front accepted fare-paid']);
  assert.is(pointsOn(card), 16);
});

test('points pay what they may where the holder wants it, and the partner bears that', async () => {
  const own = aBus('25');
  const card = issued(loyal({ redeems: true }, 100));
  assert.equal(await own.rides(held(card)), ['front accepted points-redeemed']);
  const [, outcome] = own.written();
  assert.equal(
    outcome?.lines?.map(({ funder, amountMinor }) => [funder, amountMinor]),
    [
      ['rider', 1900],
      ['partner', 1800],
    ],
  );
  // 18 of half of 37.00; 5 and a tenth of 19.00 come back.
  assert.is(pointsOn(card), 100 - 18 + 5 + 1);
});

const APART: readonly (readonly [who: string, state: CardState])[] = [
  ['a holder who does not redeem', loyal({}, 100)],
  ['a programme that is blocked', loyal({ isBlocked: true, redeems: true }, 100)],
  ['a programme that has ended', loyal({ expiry: 20260301 as ServiceDate, redeems: true }, 100)],
  ['a holder who takes no part', plain({ rider: loyal({}, 100).rider })],
];

for (const [who, state] of APART) {
  test(`${who} pays the whole fare, and points that stand there stay`, async () => {
    const card = issued(state);
    const takesPart =
      state.loyalty !== undefined && state.loyalty.expiry === undefined && !state.loyalty.isBlocked;
    assert.equal(await aBus('25').rides(held(card)), ['front accepted fare-paid']);
    assert.is(pointsOn(card), takesPart ? 108 : 100);
  });
}

test('torn off before or after it was written, points are earned and paid once', async () => {
  for (const side of ['before', 'after'] as const) {
    const [first, second] = [aBus('25'), aBus('30')];
    const card = issued(loyal({ redeems: true }, 100));
    await first.rides(held(card, command => (command[1] === WRITE ? side : undefined)));
    second.at(5);
    await second.rides(held(card));
    // The free transfer after a written ride costs nothing, and earns nothing.
    assert.is(pointsOn(card), 88, side);
  }
});

test.run();
