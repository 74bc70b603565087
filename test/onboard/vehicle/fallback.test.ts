/** Cards of two applications whose transit application has nothing valid: whether the bank application pays is the tariff's word. */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { putState, type TransitApplication } from '../../../src/core/card/virtual/transit.ts';
import { CLEAR } from '../../../src/core/list/verdict.ts';
import type { Actions } from '../../../src/onboard/actions/actions.ts';
import type { StopList } from '../../../src/onboard/stoplist/stop-list.ts';
import type { VehicleParts } from '../../../src/onboard/vehicle/vehicle.ts';
import { readRecord } from '../../../src/wire/record/record.ts';
import { MIR, VISA } from '../../core/card/bank-cards.ts';
import { bytesOf, issued, plain } from '../../core/card/transit/cards.ts';
import { type Bench, CLEAR_LIST, opened } from './bench.ts';
import { after, lays, PAID, TOKEN, taps, vehicle, WORDS, yes } from './two-applications.ts';

const recorded = (own: Bench) => own.journal.outbox(9).map(({ bytes }) => readRecord(bytes));

function damaged(): TransitApplication {
  const card = issued();
  putState(card, Uint8Array.of(...bytesOf(plain({ counter: 2 })), 0));
  return card;
}

const listed = opened<StopList>({
  ...CLEAR_LIST,
  lookup: ({ tokens: [token] }) =>
    token?.kind === 'application'
      ? { kind: 'listed', effect: 'decline', reason: 'disabled-application', subject: token }
      : CLEAR,
});

const UNFIT: readonly (readonly [
  what: string,
  transit: () => TransitApplication,
  reason: string,
  parts?: Partial<VehicleParts>,
])[] = [
  ['not genuine', () => ({ ...issued(), key: new Uint8Array(16) }), 'card-not-genuine'],
  ['blocked on the card', () => issued(plain({ isBlocked: true })), 'card-blocked'],
  ['blocked by list', () => issued(), 'blocked', { stopList: listed }],
  ['damaged', damaged, 'card-damaged'],
];

for (const [what, transit, reason, parts] of UNFIT) {
  test(`a transit application that is ${what}: never is never`, async () => {
    const own = vehicle('never', parts);
    const card = transit();
    for (let time = 0; time < 2; time++) {
      assert.equal(await taps(own, { transit: card, bank: MIR }), [`front declined ${reason}`]);
      after(own, 3);
    }
  });

  test(`a transit application that is ${what}: its holder is asked, and the second tap is the yes`, async () => {
    const own = vehicle('ask', parts);
    const card = { transit: transit(), bank: MIR };
    assert.equal(await taps(own, card), [`front declined ${reason}`]);
    const shown = own.seen.at(-1)?.shown;
    assert.is(shown?.kind === 'answer' && shown.answer.offersPayment, true);
    after(own, 1);
    assert.equal(await taps(own, card), [PAID], 'also within the debounce');
    const [asked, paid] = own.journal.outbox(9).map(({ bytes }) => readRecord(bytes));
    assert.equal([asked?.reason, asked?.scheme], [reason, undefined]);
    assert.equal([paid?.token?.kind, paid?.scheme, paid?.mediumClass], ['instrument', 'mir', 'bank-card']);
  });

  test(`a transit application that is ${what}: its holder says yes to the driver, and the card that lies there pays`, async () => {
    const own = vehicle('ask', parts);
    const { said } = await lays(own, { transit: transit(), bank: MIR });
    assert.equal(said, [`front declined ${reason}`]);
    after(own, 5);
    assert.equal(await yes(own), ['yes', PAID]);
    const [asked, paid] = recorded(own);
    assert.equal([asked?.reason, asked?.scheme], [reason, undefined]);
    assert.equal([paid?.token?.kind, paid?.scheme, paid?.mediumClass], ['instrument', 'mir', 'bank-card']);
    assert.equal(await yes(own), ['nobody-asked'], 'once');
    assert.is(own.journal.outboxSize(), 2);
  });

  test(`a transit application that is ${what}: always pays at once, and looks like no plain fare`, async () => {
    const own = vehicle('always', parts);
    assert.equal(await taps(own, { transit: transit(), bank: MIR }), [PAID]);
    const shown = own.seen.at(-1)?.shown;
    assert.is(shown?.kind === 'answer' && shown.answer.plain, false);
    assert.is(own.journal.outboxSize(), 1);
  });

  test(`a transit application that is ${what} on a card without a bank application is declined under every word`, async () => {
    for (const word of WORDS) {
      const own = vehicle(word, parts);
      assert.equal(await taps(own, { transit: transit() }), [`front declined ${reason}`]);
      const shown = own.seen.at(-1)?.shown;
      assert.is(shown?.kind === 'answer' && shown.answer.offersPayment, undefined, 'and nothing is offered');
    }
  });
}

test('a card without a transit application is a bank card under every word', async () => {
  for (const word of WORDS) assert.equal(await taps(vehicle(word), { bank: MIR }), [PAID]);
});

test('a transit application that is valid is written, and no bank application is looked into', async () => {
  for (const word of WORDS) {
    const own = vehicle(word);
    assert.equal(await taps(own, { transit: issued(), bank: MIR }), ['front accepted fare-paid']);
    assert.is(readRecord(own.journal.outbox(9).at(-1)?.bytes ?? new Uint8Array()).home, 'card');
  }
});

for (const [seconds, said] of [
  [10, PAID],
  [10.001, 'front declined card-blocked'],
] as const) {
  test(`a yes after ${seconds} s: ${said}`, async () => {
    const own = vehicle('ask');
    const card = { transit: issued(plain({ isBlocked: true })), bank: MIR };
    await taps(own, card);
    after(own, seconds);
    assert.equal(await taps(own, card), [said]);
  });
}

test('one holder’s yes is no other’s, and is good once', async () => {
  const own = vehicle('ask');
  const forged = { ...issued(), key: new Uint8Array(16) };
  const [first, second] = [
    { transit: forged, bank: MIR },
    { transit: forged, bank: VISA },
  ];
  const ASKED = 'front declined card-not-genuine';
  assert.equal(await taps(own, first), [ASKED]);
  assert.equal(await taps(own, second), [ASKED]);
  assert.equal(await taps(own, first), [PAID]);
  assert.equal(await taps(own, first), [ASKED]);
});

test('a card that leaves while its bank application is read is asked for again, and nothing is recorded', async () => {
  const own = vehicle('always');
  const card = { transit: issued(plain({ isBlocked: true })), bank: MIR };
  assert.equal(await taps(own, card, 4), ['front again the card left before it was read']);
  assert.is(own.journal.outboxSize(), 0);
  assert.equal(await taps(own, card), [PAID]);
});

const BLOCK = { actionId: 'b', token: TOKEN, nth: 1, op: 'block' } as const;
const blockOnCard = { kind: 'listed', effect: 'block-on-card', reason: 'stolen', subject: TOKEN } as const;

const BLOCKS: readonly (readonly [
  by: string,
  parts: Partial<VehicleParts>,
  reason: string,
  kinds: readonly string[],
])[] = [
  [
    'the action list',
    { actions: opened<Actions>({ ...CLEAR_LIST, lookup: () => [BLOCK] }) },
    'card-blocked',
    ['intent', 'action'],
  ],
  [
    'the stop list',
    {
      stopList: opened<StopList>({
        ...CLEAR_LIST,
        lookup: ({ tokens: [token] }) => (token?.kind === 'application' ? blockOnCard : CLEAR),
      }),
    },
    'blocked',
    ['intent', 'outcome'],
  ],
];

for (const [by, parts, reason, kinds] of BLOCKS) {
  for (const word of WORDS) {
    test(`a block that ${by} asks for is written before the bank application is looked into: ${word}`, async () => {
      const own = vehicle(word, parts);
      const card = { transit: issued(), bank: MIR };
      assert.equal(await taps(own, card), [`front declined ${reason}`]);
      const shown = own.seen.at(-1)?.shown;
      assert.is(shown?.kind === 'answer' && shown.answer.offersPayment, undefined, 'nobody was asked yet');
      assert.equal(
        recorded(own).map(({ kind }) => kind),
        kinds,
      );
      after(own, 3);
      assert.equal(await taps(own, card), [word === 'always' ? PAID : `front declined ${reason}`]);
      const next = own.seen.at(-1)?.shown;
      assert.is(next?.kind === 'answer' && next.answer.offersPayment, word === 'ask' ? true : undefined);
    });
  }
}

test('in inspection nobody is asked, and nothing is paid', async () => {
  const own = vehicle('always');
  await own.vehicle.ask({ kind: 'mode', mode: 'inspection' });
  own.said();
  assert.equal(await taps(own, { transit: issued(plain({ isBlocked: true })), bank: MIR }), [
    'front declined check-unknown',
  ]);
});

test.run();
