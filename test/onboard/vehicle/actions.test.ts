/** What the operator's list does to cards in the field: once across vehicles that share nothing, however they are torn off. */
import * as fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { buildCardActions } from '../../../src/backoffice/lists/card-actions.ts';
import { decodeState } from '../../../src/core/card/transit/encoding.ts';
import { namesOf } from '../../../src/core/card/transit/names.ts';
import type { CardState } from '../../../src/core/card/transit/state.ts';
import { stateOn, type TransitApplication } from '../../../src/core/card/virtual/transit.ts';
import { cardRides } from '../../../src/core/fare/card-rides.ts';
import type { CardAction } from '../../../src/core/list/card-action.ts';
import type { MinorUnits } from '../../../src/core/money.ts';
import { riderAmount } from '../../../src/core/record.ts';
import type { ServiceDate } from '../../../src/core/time.ts';
import { type Actions, applyActions, openActions } from '../../../src/onboard/actions/actions.ts';
import type { OpenedList } from '../../../src/onboard/vehicle/mending-list.ts';
import { nodeCrypto } from '../../../src/wire/node-crypto.ts';
import { TERMS } from '../../backoffice/lists/terms.ts';
import { issued, plain, SERIAL } from '../../core/card/transit/cards.ts';
import { readEdited } from '../../tariffs.ts';
import { NOON, sourceOf } from '../../wire/list/lists.ts';
import { withFile } from '../list/folder.ts';
import { CLEAR_LIST, DMITRY, keys, opened } from './bench.ts';
import { type Bus, bus, held, WRITE } from './held-chips.ts';

const { tariffs } = readEdited(
  [
    'tariff.yaml',
    '\npasses:',
    `
passes:
  - { id: month, product: 6, period: { every: month, starts: calendar }, valid: fixed, covers: {}, source: assumed }`,
  ],
  [
    'tariff.yaml',
    '\npassback:',
    `
purse: { media: [transport-card], floor: '0.00', maximum: '3000.00', source: assumed }

passback:`,
  ],
);
const [tariff] = tariffs;
const names = namesOf(tariffs);

const token = { kind: 'application', keyId: 1, value: 'ab'.repeat(16) } as const;
const load = (nth: number, amountMinor = 10_000): CardAction => ({
  ...{ actionId: `load-${nth}`, token, nth, op: 'load', currency: 'RUB' },
  amountMinor: amountMinor as MinorUnits,
});
const plainly = (nth: number, op: 'block' | 'unblock'): CardAction => ({
  actionId: `${op}-${nth}`,
  token,
  nth,
  op,
});

/** A list that has these for every card. */
function listOf(actions: readonly CardAction[]): OpenedList<Actions> {
  return opened<Actions>({ ...CLEAR_LIST, lookup: () => actions });
}

const aBus = (line: string, ...actions: readonly CardAction[]): Bus =>
  bus(line, () => ({ tariffs, actions: listOf(actions) }));

const purse = (minor: number): CardState =>
  plain({ rider: { ...plain().rider, purseMinor: minor as MinorUnits } });

function stateOf(card: TransitApplication): CardState {
  const state = decodeState(stateOn(card)?.state ?? new Uint8Array(0), names);
  if (state === undefined) throw new Error('the card holds no state');
  return state;
}

const kinds = (own: Bus) =>
  own
    .written()
    .map(({ kind, outcome, decision, cardActions = [] }) =>
      [kind, outcome ?? decision, ...cardActions.map(({ op, nth }) => `${op} ${nth}`)].join(' ').trim(),
    );

test('money is loaded with the ride that needs it, in one write, and its record is an action', async () => {
  const own = aBus('25', load(1));
  const card = issued(purse(0));
  assert.equal(await own.rides(held(card)), ['front accepted fare-paid']);
  const { actionCounter, counter, rider } = stateOf(card);
  assert.equal([actionCounter, counter, rider.purseMinor], [1, 2, 10_000 - 3700]);
  assert.equal(kinds(own), ['intent  load 1', 'action written load 1']);
  const [, action] = own.written();
  assert.equal(
    [action?.cardActions, action?.actionVersion, riderAmount(action?.lines), action?.purseBeforeMinor],
    [[{ actionId: 'load-1', nth: 1, op: 'load', amountMinor: 10_000 }], 1, 3700, 10_000],
  );
});

test('without the load the ride is refused, and once it is done no other vehicle does it again', async () => {
  const card = issued(purse(0));
  assert.equal(await aBus('25').rides(held(card)), ['front declined purse-low']);
  await aBus('30', load(1)).rides(held(card));
  const third = aBus('40', load(1));
  third.at(120);
  assert.equal(await third.rides(held(card)), ['front accepted fare-paid']);
  assert.equal([stateOf(card).rider.purseMinor, kinds(third)], [2600, ['intent', 'outcome written']]);
});

test('a card is blocked where it is declined, and unblocked where it rides', async () => {
  const card = issued();
  const blocking = aBus('25', plainly(1, 'block'));
  assert.equal(await blocking.rides(held(card)), ['front declined card-blocked']);
  assert.equal(
    [stateOf(card).isBlocked, kinds(blocking)],
    [true, ['intent  block 1', 'action written block 1']],
  );
  assert.equal(await aBus('30').rides(held(card)), ['front declined card-blocked']);
  const both = aBus('40', plainly(1, 'block'), plainly(2, 'unblock'));
  assert.equal(await both.rides(held(card)), ['front accepted fare-paid']);
  assert.is(stateOf(card).isBlocked, false);
});

test('what has no room on a card holds up nothing that comes before it', async () => {
  const beyond: CardAction = {
    ...{ actionId: 'beyond', token, nth: 2, op: 'set-category', category: 'student' },
    to: 20200101 as ServiceDate,
  };
  const unwritable: CardAction = { ...beyond, to: 20191231 as ServiceDate };
  const card = issued();
  assert.equal(await aBus('25', plainly(1, 'block'), unwritable).rides(held(card)), [
    'front declined card-blocked',
  ]);
  assert.equal([stateOf(card).isBlocked, stateOf(card).actionCounter], [true, 1]);
  const third = aBus('30', plainly(1, 'block'), beyond, plainly(3, 'unblock'));
  await third.rides(held(card));
  assert.equal(stateOf(card).actionCounter, 3);
});

test('a pass is renewed month after month, each time behind the one in use', async () => {
  const renew = (nth: number): CardAction => ({
    actionId: `r${nth}`,
    token,
    nth,
    op: 'renew',
    pass: 'month',
  });
  const own = aBus('25', renew(1), renew(2));
  const card = issued(plain({ passes: [{ pass: 'month' }] }));
  const DAY = 24 * 60;
  const waits: unknown[] = [];
  for (const days of [0, 1, 31, 32, 62]) {
    own.at(days * DAY);
    await own.rides(held(card));
    const { actionCounter, passes } = stateOf(card);
    waits.push([actionCounter, ...passes.map(({ from }) => from)]);
  }
  assert.equal(waits, [[0], [1, 20260401], [1], [2, 20260501], [2]]);
});

test('a card that was blocked and torn off is nobody’s last ride, and the one before it may be taken back', async () => {
  const own = aBus('25', plainly(1, 'block'));
  const card = issued();
  own.reader.tap('front', DMITRY);
  own.said();
  await own.rides(held(card, command => (command[1] === WRITE ? 'after' : undefined)));
  assert.equal(await own.rides(held(card)), ['front declined card-blocked']);
  assert.is((await own.vehicle.ask({ kind: 'void' })).kind, 'voided', 'Dmitry’s');
});

test('an inspector changes no card', async () => {
  const own = aBus('25', load(1));
  const card = issued(purse(0));
  await own.vehicle.ask({ kind: 'mode', mode: 'inspection' });
  await own.rides(held(card));
  assert.equal([stateOf(card).actionCounter, stateOf(card).counter], [0, 1]);
});

test('a list that has expired asks for nothing', async () => {
  const expired = opened<Actions>({ ...CLEAR_LIST, freshness: () => 'expired', lookup: () => [load(1)] });
  const own = bus('25', () => ({ tariffs, actions: expired }));
  const card = issued(purse(5000));
  await own.rides(held(card));
  assert.equal([stateOf(card).actionCounter, stateOf(card).rider.purseMinor], [0, 1300]);
});

test('a ride with all that is asked for takes three commands and 250 bytes', async () => {
  const own = aBus('25', load(1), plainly(2, 'block'), plainly(3, 'unblock'));
  let [commands, bytes] = [0, 0];
  const chip = held(issued(purse(0)));
  await own.rides({
    async transmit(command) {
      const answer = await chip.transmit(command);
      commands += 1;
      bytes += command.length + answer.length;
      return answer;
    },
  });
  assert.is(commands, 3);
  assert.ok(bytes <= 250, `${bytes} bytes`);
});

test('from the plain file to the card: the bundle finds it by its own serial', async () => {
  await withFile(async file => {
    const serial = Buffer.from(SERIAL).toString('hex');
    const text = `action_id,card,nth,op,amount\nspring,${serial},1,load,100.00\n`;
    const context = { tokeniser: { keys, crypto: nodeCrypto }, tariff };
    const bundle = buildCardActions(text, 'actions.csv', context, TERMS);
    await applyActions(sourceOf(bundle), file, { atMs: NOON });
    const list = openActions(file);
    const own = bus('25', () => ({
      tariffs,
      actions: opened<Actions>({ ...list, freshness: () => 'fresh' }),
    }));
    const [mine, another] = [issued(purse(0)), issued(purse(5000), { serial: new Uint8Array(8) })];
    await own.rides(held(mine));
    own.at(1);
    await own.rides(held(another));
    list.close();
    assert.equal(
      [mine, another].map(card => stateOf(card).rider.purseMinor),
      [6300, 1300],
    );
  });
});

interface Presented {
  readonly at: number;
  readonly tear: { readonly command: number; readonly side: 'before' | 'after' } | undefined;
  readonly minutes: number;
}

const presented: fc.Arbitrary<Presented> = fc.record({
  at: fc.nat(2),
  tear: fc.option(
    fc.record({
      command: fc.constantFrom(0xa4, 0x82, WRITE, WRITE),
      side: fc.constantFrom('before', 'after'),
    } as const),
    { nil: undefined },
  ),
  minutes: fc.constantFrom(1, 15, 70),
});

test('whatever vehicles it meets, and however it is torn off, each action is done once and the purse adds up', async () => {
  const actions = [load(1), plainly(2, 'block'), plainly(3, 'unblock'), load(4, 5000), load(5, 2500)];
  await fc.assert(
    fc.asyncProperty(
      fc.array(presented, { maxLength: 8 }),
      fc.array(fc.nat(5), { minLength: 3, maxLength: 3 }),
      async (presentations, known) => {
        // Lists reach vehicles one after the other: each knows so many of the actions.
        const fleet = known.map((count, index) => aBus(`${index}`, ...actions.slice(0, count)));
        const last = aBus('last', ...actions);
        const card = issued(purse(20_000));
        let minutes = 0;
        for (const { at, tear, minutes: later } of presentations) {
          const own = fleet[at];
          minutes += later;
          own?.at(minutes);
          await own?.rides(
            held(card, command =>
              tear !== undefined && command[1] === tear.command ? tear.side : undefined,
            ),
          );
        }
        // Shown once more, with all that is asked for known, and then seen again.
        for (let again = 0; again < 2; again++) {
          minutes += 120;
          last.at(minutes);
          await last.rides(held(card));
        }
        const records = [...fleet, last].flatMap(own => own.written());
        const { rides, done, open } = cardRides(records);
        assert.equal([done.map(({ action }) => action.nth), open], [[1, 2, 3, 4, 5], []]);
        const loaded = done.reduce((sum, { action }) => sum + (action.amountMinor ?? 0), 0);
        const paid = rides.reduce((sum, { lines }) => sum + riderAmount(lines), 0);
        const { actionCounter, rider } = stateOf(card);
        assert.equal([actionCounter, rider.purseMinor], [5, 20_000 + loaded - paid]);
      },
    ),
    { numRuns: 100 },
  );
});

test.run();
