/** What the stop list blocks on a card stays on it, wherever it goes next: written between two commits, once. */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { buildStopList } from '../../../src/backoffice/lists/stop-list.ts';
import { decodeState } from '../../../src/core/card/transit/encoding.ts';
import { namesOf } from '../../../src/core/card/transit/names.ts';
import type { CardState } from '../../../src/core/card/transit/state.ts';
import { stateOn, type TransitApplication } from '../../../src/core/card/virtual/transit.ts';
import { cardRides } from '../../../src/core/fare/card-rides.ts';
import type { CardAction } from '../../../src/core/list/card-action.ts';
import type { StopEffect } from '../../../src/core/list/stop-entry.ts';
import type { MinorUnits } from '../../../src/core/money.ts';
import type { Actions } from '../../../src/onboard/actions/actions.ts';
import { applyStopList } from '../../../src/onboard/stoplist/apply.ts';
import { openStopList, type StopList } from '../../../src/onboard/stoplist/stop-list.ts';
import type { VehicleParts } from '../../../src/onboard/vehicle/vehicle.ts';
import { nodeCrypto } from '../../../src/wire/node-crypto.ts';
import { TERMS } from '../../backoffice/lists/terms.ts';
import { issued, plain, SERIAL, standing } from '../../core/card/transit/cards.ts';
import { readEdited } from '../../tariffs.ts';
import { NOON, sourceOf } from '../../wire/list/lists.ts';
import { withFile } from '../list/folder.ts';
import { CLEAR_LIST, keys, opened } from './bench.ts';
import { type Bus, bus, held, WRITE } from './held-chips.ts';

const { tariffs } = readEdited([
  'tariff.yaml',
  '\npassback:',
  `
purse: { media: [transport-card], floor: '0.00', maximum: '3000.00', source: assumed }

passback:`,
]);
const names = namesOf(tariffs);
const TOKEN = { kind: 'application', keyId: 1, value: 'ab'.repeat(16) } as const;

type Effect = Exclude<StopEffect, 'allow'>;

/** Every card stands on it. */
function listed(effect: Effect, freshness: ReturnType<StopList['freshness']> = 'fresh') {
  const verdict = { kind: 'listed', effect, reason: 'stolen', subject: TOKEN } as const;
  return opened<StopList>({ ...CLEAR_LIST, freshness: () => freshness, lookup: () => verdict });
}

const blocking = (line: string, more: Partial<VehicleParts> = {}): Bus =>
  bus(line, () => ({ tariffs, stopList: listed('block-on-card'), ...more }));

function stateOf(card: TransitApplication): CardState {
  const state = decodeState(stateOn(card)?.state ?? new Uint8Array(0), names);
  if (state === undefined) throw new Error('the card holds no state');
  return state;
}

const asked = (action: Pick<CardAction, 'op'> & Partial<CardAction>): Partial<VehicleParts> => {
  const whole = { actionId: 'a', token: TOKEN, nth: 1, ...action } as CardAction;
  return { actions: opened<Actions>({ ...CLEAR_LIST, lookup: () => [whole] }) };
};

const kinds = (own: Bus) =>
  own.written().map(({ kind, outcome, decision }) => `${kind} ${outcome ?? decision ?? '-'}`);

test('a card that the stop list blocks is declined and blocked, and then declined where no list names it', async () => {
  const card = issued();
  const own = blocking('25');
  assert.equal(await own.rides(held(card)), ['front declined blocked']);
  const { isBlocked, counter, actionCounter } = stateOf(card);
  assert.equal([isBlocked, counter, actionCounter], [true, 2, 0], 'and no action of another list is used up');
  assert.equal(kinds(own), ['intent -', 'outcome written']);
  const [intent, outcome] = own.written();
  assert.is(intent?.cardStateAfter, Buffer.from(standing(card)).toString('hex'));
  assert.equal(
    [outcome?.decision, outcome?.reason, outcome?.cardCounterBefore, outcome?.cardCounterAfter],
    ['declined', 'blocked', 1, 2],
  );
  assert.equal([outcome?.stopListVersion, outcome?.lines], [1, undefined]);
  assert.equal(await bus('30').rides(held(card)), ['front declined card-blocked']);
});

test('a card that is blocked already is declined, and written no more', async () => {
  const card = issued();
  await blocking('25').rides(held(card));
  const own = blocking('30');
  assert.equal(await own.rides(held(card)), ['front declined blocked']);
  assert.equal([stateOf(card).counter, kinds(own)], [2, ['tap declined']]);
});

const UNWRITTEN: readonly (readonly [what: string, parts: Partial<VehicleParts>, said: string])[] = [
  ['an entry that only declines', { stopList: listed('decline') }, 'declined blocked'],
  ['an entry that warns', { stopList: listed('warn') }, 'accepted fare-paid stop-list-warning'],
  [
    'a list that has expired, which declines all the same,',
    { stopList: listed('block-on-card', 'expired') },
    'declined blocked',
  ],
];

for (const [what, parts, said] of UNWRITTEN) {
  test(`${what} blocks nothing on the card`, async () => {
    const card = issued();
    assert.equal(await blocking('25', parts).rides(held(card)), [`front ${said}`]);
    assert.is(stateOf(card).isBlocked, false);
  });
}

test('a list that is stale blocks on the card', async () => {
  const card = issued();
  await blocking('25', { stopList: listed('block-on-card', 'stale') }).rides(held(card));
  assert.is(stateOf(card).isBlocked, true);
});

test('an inspector blocks no card', async () => {
  const [own, card] = [blocking('25'), issued()];
  await own.vehicle.ask({ kind: 'mode', mode: 'inspection' });
  own.said();
  assert.equal(await own.rides(held(card)), ['front declined check-listed']);
  assert.is(stateOf(card).counter, 1);
});

test('what another list asks for is done by the same write', async () => {
  const load = { op: 'load', amountMinor: 10_000 as MinorUnits, currency: 'RUB' } as const;
  const [own, card] = [blocking('25', asked(load)), issued()];
  assert.equal(await own.rides(held(card)), ['front declined blocked']);
  const { isBlocked, counter, actionCounter, rider } = stateOf(card);
  assert.equal([isBlocked, counter, actionCounter, rider.purseMinor], [true, 2, 1, 10_000]);
  assert.equal(kinds(own), ['intent -', 'action written']);
});

test('an operator who takes the card off the list unblocks it by an action', async () => {
  const card = issued();
  await blocking('25').rides(held(card));
  const own = bus('30', () => asked({ op: 'unblock' }));
  assert.equal(await own.rides(held(card)), ['front accepted fare-paid']);
  assert.is(stateOf(card).isBlocked, false);
});

for (const command of [0xa4, 0x82, WRITE]) {
  for (const side of ['before', 'after'] as const) {
    test(`torn off ${side} command ${command.toString(16)}, a card is as it was or blocked, and then blocked once`, async () => {
      const card = issued();
      const before = standing(card);
      const own = blocking('25');
      await own.rides(held(card, ([, ins]) => (ins === command ? side : undefined)));
      const isWritten = command === WRITE && side === 'after';
      assert.equal([stateOf(card).isBlocked, stateOf(card).counter], [isWritten, isWritten ? 2 : 1]);
      if (!isWritten) assert.equal(standing(card), before);
      own.at(5);
      assert.equal(await own.rides(held(card)), ['front declined blocked']);
      assert.equal([stateOf(card).isBlocked, stateOf(card).counter], [true, 2]);
      assert.equal(cardRides(own.written()), { rides: [], done: [], open: [] }, 'and nothing is charged');
    });
  }
}

test('a card that was torn off is known by its counter on a vehicle that shares nothing, and charged nothing', async () => {
  const card = issued();
  const [first, second] = [blocking('25'), bus('30')];
  await first.rides(held(card, ([, ins]) => (ins === WRITE ? 'after' : undefined)));
  assert.is(cardRides(first.written()).open.length, 1);
  assert.equal(await second.rides(held(card)), ['front declined card-blocked']);
  const { rides, open } = cardRides([...first.written(), ...second.written()]);
  assert.equal([rides, open], [[], []]);
});

test('from the plain file to the card: the bundle finds it by its own serial, and no other', async () => {
  await withFile(async file => {
    const serial = Buffer.from(SERIAL).toString('hex');
    const text = `subject_kind,subject,effect,reason,rider_text\napplication,${serial},block-on-card,stolen,Please ask the driver\n`;
    await applyStopList(
      sourceOf(buildStopList(text, 'stoplist.csv', { keys, crypto: nodeCrypto }, TERMS)),
      file,
      { atMs: NOON },
    );
    const list = openStopList(file);
    const own = blocking('25', { stopList: opened<StopList>({ ...list, freshness: () => 'fresh' }) });
    const [mine, another] = [issued(), issued(plain(), { serial: new Uint8Array(8) })];
    await own.rides(held(mine));
    const shown = own.seen.at(-1)?.shown;
    assert.is(shown?.kind === 'answer' && shown.answer.riderText, 'Please ask the driver');
    own.at(1);
    await own.rides(held(another));
    list.close();
    assert.equal(
      [mine, another].map(card => stateOf(card).isBlocked),
      [true, false],
    );
  });
});

test.run();
