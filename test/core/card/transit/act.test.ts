/** What the operator's list does to a card's state: in its order, once, and only what the tariff allows. */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { act } from '../../../../src/core/card/transit/act.ts';
import type { CardState } from '../../../../src/core/card/transit/state.ts';
import type { CardAction } from '../../../../src/core/list/card-action.ts';
import type { MinorUnits } from '../../../../src/core/money.ts';
import type { ServiceDate } from '../../../../src/core/time.ts';
import { city } from '../../fare/city.ts';
import { plain } from './cards.ts';

const TARIFF = city(
  `passes:
  - { id: month, product: 2, period: { every: month, starts: calendar }, valid: fixed, covers: {}, source: assumed }
  - { id: ten, product: 2, rides: 10, valid: first-use, covers: {}, source: assumed }
  - { id: fortnight, product: 2, rides: 3, period: { every: { days: 14 }, starts: first-ride }, valid: first-use, covers: {}, source: assumed }
purse: { media: [card], floor: '0.00', maximum: '20.00', source: assumed }
`,
  [['recognise: [storage]', 'recognise: [transit]']],
);
const TODAY = 20260302 as ServiceDate;
const day = (date: number) => date as ServiceDate;

const token = { kind: 'application', keyId: 1, value: 'ab'.repeat(16) } as const;
type Asked = CardAction extends infer Action
  ? Action extends CardAction
    ? Omit<Action, 'actionId' | 'token' | 'nth'>
    : never
  : never;
const numbered = (...asked: readonly Asked[]): CardAction[] =>
  asked.map((action, index) => ({ actionId: `a-${index + 1}`, token, nth: index + 1, ...action }));
const load = (amountMinor: number, currency = 'EUR'): Asked => ({
  op: 'load',
  amountMinor: amountMinor as MinorUnits,
  currency,
});
const doneBy = (state: CardState, ...asked: readonly Asked[]) =>
  act(state, numbered(...asked), TARIFF, TODAY);

const rider = (more: Partial<CardState['rider']>): CardState =>
  plain({ rider: { ...plain().rider, ...more } });
const purse = (minor: number) => rider({ purseMinor: minor as MinorUnits });

test('actions are done in the order of their numbers, each once, and what is done stays done', () => {
  const list = numbered(load(500), { op: 'block' }, { op: 'unblock' }, load(250));
  const first = act(plain(), list, TARIFF, TODAY);
  assert.equal(
    [first.done.map(({ nth }) => nth), first.state.rider.purseMinor, first.state.actionCounter],
    [[1, 2, 3, 4], 750, 4],
  );
  assert.equal(act(first.state, list, TARIFF, TODAY), { state: first.state, done: [] });
  assert.equal(
    act({ ...plain(), actionCounter: 3 }, list, TARIFF, TODAY).done.map(({ nth }) => nth),
    [4],
  );
});

test('an action waits for the one before it, also where that one is in no list', () => {
  const [, second, third] = numbered(load(1), load(2), load(3));
  assert.equal(
    act(
      plain(),
      [second, third].flatMap(each => each ?? []),
      TARIFF,
      TODAY,
    ).done,
    [],
  );
});

/** Three rides, good through the 10th of March. */
function fortnight(rides: number) {
  return { pass: 'fortnight', from: day(20260225), to: day(20260310), rides };
}

const WAITING: readonly (readonly [what: string, state: CardState, asked: Asked])[] = [
  ['a load beyond the maximum', purse(1501), load(500)],
  ['a load in another currency', plain(), load(500, 'RUB')],
  ['a pass that the tariff does not know', plain(), { op: 'renew', pass: 'year' }],
  ['a category that the tariff does not know', plain(), { op: 'set-category', category: 'pilot' }],
  ['a second pass where one waits', plain({ passes: [{ pass: 'month' }] }), { op: 'renew', pass: 'month' }],
  [
    'a carnet whose rides are not used yet',
    rider({ passes: [{ pass: 'ten', from: TODAY, to: day(21260101), rides: 9 }] }),
    { op: 'renew', pass: 'ten' },
  ],
  [
    'a carnet that ends before the one whose rides are not used yet',
    rider({ passes: [fortnight(2)] }),
    { op: 'renew', pass: 'fortnight', to: day(20260309) },
  ],
];

for (const [what, state, asked] of WAITING) {
  test(`${what} waits, and whatever comes after it`, () => {
    assert.equal(doneBy(state, asked, { op: 'block' }), { state, done: [] });
  });
}

test('a purse may be filled to its maximum', () => {
  assert.is(doneBy(purse(1500), load(500)).state.rider.purseMinor, 2000);
});

const used = (rides: number, to = 21260101) => ({ pass: 'ten', from: day(20260101), to: day(to), rides });
const month = { pass: 'month', from: day(20260201), to: day(20260310), rides: 3 };
const over = { ...month, to: day(20260301) };

const RENEWED: readonly (readonly [
  what: string,
  state: CardState,
  asked: Asked,
  passes: unknown,
  uses: unknown,
])[] = [
  ['begins with its first ride', plain(), { op: 'renew', pass: 'month' }, [{ pass: 'month' }], []],
  [
    'takes the place of one that is over',
    rider({ passes: [over] }),
    { op: 'renew', pass: 'month' },
    [{ pass: 'month' }],
    [],
  ],
  [
    'takes the place of one that was never ridden by, and is over',
    plain({ passes: [{ pass: 'month', from: day(20260201) }] }),
    { op: 'renew', pass: 'month' },
    [{ pass: 'month' }],
    [],
  ],
  [
    'takes the place of a carnet that is used',
    rider({ passes: [used(10)] }),
    { op: 'renew', pass: 'ten' },
    [{ pass: 'ten' }],
    [],
  ],
  [
    'begins the day after the one in use',
    rider({ passes: [month] }),
    { op: 'renew', pass: 'month' },
    [{ pass: 'month', from: 20260311 }],
    [month],
  ],
  [
    'begins on the day that is asked for',
    rider({ passes: [month] }),
    { op: 'renew', pass: 'month', from: day(20260401), to: day(20260430) },
    [{ pass: 'month', from: 20260401, to: 20260430 }],
    [month],
  ],
  [
    'has the days that the one in use leaves of those asked for',
    rider({ passes: [month] }),
    { op: 'renew', pass: 'month', to: day(20260311) },
    [{ pass: 'month', from: 20260311, to: 20260311 }],
    [month],
  ],
  [
    'adds nothing to one in use that is good for all of its days',
    rider({ passes: [month] }),
    { op: 'renew', pass: 'month', to: day(20260310) },
    [],
    [month],
  ],
  [
    'of rides takes the place of one that would be good for longer, and is used',
    rider({ passes: [fortnight(3)] }),
    { op: 'renew', pass: 'fortnight', to: day(20260309) },
    [{ pass: 'fortnight', to: 20260309 }],
    [],
  ],
  [
    'of rides whose last day is over holds up nothing behind the one in use',
    rider({ passes: [fortnight(2)] }),
    { op: 'renew', pass: 'fortnight', to: day(20260301) },
    [],
    [fortnight(2)],
  ],
];

test('a renewed pass that is as good as the one in use holds up neither a block nor the next renewal', () => {
  const asked: Asked[] = [
    { op: 'renew', pass: 'month', to: day(20260305) },
    { op: 'renew', pass: 'month' },
    { op: 'block' },
  ];
  const { state, done } = doneBy(rider({ passes: [month] }), ...asked);
  assert.equal([done.length, state.isBlocked, state.passes], [3, true, [{ pass: 'month', from: 20260311 }]]);
});

for (const [what, state, asked, passes, uses] of RENEWED) {
  test(`a renewed pass ${what}`, () => {
    const after = doneBy(state, asked).state;
    assert.equal([after.passes, after.rider.passes], [passes, uses]);
  });
}

test('a category is set with its last day, and a block is taken off again', () => {
  const set = doneBy(plain(), { op: 'set-category', category: 'child', to: day(20260831) }).state;
  assert.equal([set.category, set.categoryExpiry], ['child', 20260831]);
  assert.is(doneBy(plain(), { op: 'block' }).state.isBlocked, true);
  assert.is(doneBy(plain({ isBlocked: true }), { op: 'unblock' }).state.isBlocked, false);
});

test('so many are done at once, and the rest at the next presentation', () => {
  const list = numbered(...Array.from({ length: 10 }, () => load(100)));
  const { state, done } = act(plain(), list, TARIFF, TODAY);
  assert.equal([done.length, act(state, list, TARIFF, TODAY).done.length], [8, 2]);
});

test.run();
