/** Cards of two applications whose transit application has nothing valid: whether the bank application pays is the tariff's word. */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { virtualChip } from '../../../src/core/card/virtual/chip.ts';
import { putState, type TransitApplication } from '../../../src/core/card/virtual/transit.ts';
import { CLEAR } from '../../../src/core/list/verdict.ts';
import type { Tariffs } from '../../../src/core/tariff/versions.ts';
import { epoch } from '../../../src/core/time.ts';
import type { Actions } from '../../../src/onboard/actions/actions.ts';
import { tornOff } from '../../../src/onboard/reader/chip.ts';
import type { StopList } from '../../../src/onboard/stoplist/stop-list.ts';
import type { VehicleParts } from '../../../src/onboard/vehicle/vehicle.ts';
import { readRecord } from '../../../src/wire/record/record.ts';
import { MIR, VISA } from '../../core/card/bank-cards.ts';
import { bytesOf, issued, plain } from '../../core/card/transit/cards.ts';
import { readEdited } from '../../tariffs.ts';
import { type Bench, bench, CLEAR_LIST, opened } from './bench.ts';

type Word = 'never' | 'ask' | 'always';
const WORDS: readonly Word[] = ['never', 'ask', 'always'];
const TARIFFS = Object.fromEntries(
  WORDS.map(word => [
    word,
    readEdited(['tariff.yaml', 'passback:', `fallbackToPayment: ${word}\npassback:`]).tariffs,
  ]),
) as Record<Word, Tariffs>;
const TOKEN = { kind: 'application', keyId: 1, value: 'ab'.repeat(16) } as const;
const UID = Uint8Array.of(0x08, 1, 2, 3);
const PAID = 'front accepted fare-paid entitlement-unknown';

function vehicle(word: Word, more: Partial<VehicleParts> = {}): Bench {
  return bench(() => ({ tariffs: TARIFFS[word], ...more }));
}

interface Contents {
  readonly transit?: TransitApplication;
  readonly bank?: typeof MIR;
}

/** `tornAt`: the command at which the card leaves. */
async function taps(
  own: Bench,
  contents: Contents,
  tornAt = Number.POSITIVE_INFINITY,
  readerId = 'front',
): Promise<string[]> {
  const answers = virtualChip(contents);
  let commands = 0;
  own.reader.holds(readerId, UID, {
    transmit: async command => {
      commands += 1;
      if (commands >= tornAt) throw tornOff(readerId);
      return answers(command);
    },
  });
  await quiet();
  own.reader.says({ kind: 'removed', readerId });
  return own.said();
}

/** A card that is not taken away; \`leaves\` has it answer nothing more. */
async function lays(own: Bench, contents: Contents, readerId = 'front') {
  const answers = virtualChip(contents);
  let isThere = true;
  own.reader.holds(readerId, UID, {
    transmit: async command => {
      if (!isThere) throw tornOff(readerId);
      return answers(command);
    },
  });
  await quiet();
  return {
    said: own.said(),
    leaves: () => {
      isThere = false;
    },
  };
}

/** The driver says yes for the rider: what the driver is told, and what is shown. */
async function yes(own: Bench): Promise<string[]> {
  const told = await own.vehicle.ask({ kind: 'yes' });
  await quiet();
  return [told.kind === 'refused' ? told.why : told.kind, ...own.said()];
}

const recorded = (own: Bench) => own.journal.outbox(9).map(({ bytes }) => readRecord(bytes));
const blockedWith = (bank: Contents['bank'] & object): Contents => ({
  transit: issued(plain({ isBlocked: true })),
  bank,
});

async function quiet(): Promise<void> {
  for (let turn = 0; turn < 12; turn++) await new Promise(resolve => setImmediate(resolve));
}

const after = (own: Bench, seconds: number) => own.clock.advanceTo(epoch(own.clock.now() + seconds * 1000));

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

for (const [seconds, said] of [
  [10, ['yes', PAID]],
  [10.001, ['nobody-asked']],
] as const) {
  test(`a yes to the driver after ${seconds} s: ${said[0]}`, async () => {
    const own = vehicle('ask');
    await lays(own, blockedWith(MIR));
    after(own, seconds);
    assert.equal(await yes(own), said);
  });
}

test('a driver says yes for nobody who was not asked, whose card has gone, or whose tariff asks nobody', async () => {
  const gone = vehicle('ask');
  await taps(gone, blockedWith(MIR));
  assert.equal(await yes(gone), ['nobody-asked']);
  assert.equal(await taps(gone, blockedWith(MIR)), [PAID], 'who holds it there again has said it alone');
  const plainly = vehicle('ask');
  await lays(plainly, { transit: issued(), bank: MIR });
  assert.equal(await yes(plainly), ['nobody-asked']);
  const never = vehicle('never');
  await lays(never, blockedWith(MIR));
  assert.equal(await yes(never), ['nobody-asked']);
});

test('of two cards that lie at two doors the driver pays with neither', async () => {
  const own = vehicle('ask');
  await lays(own, blockedWith(MIR), 'front');
  await lays(own, blockedWith(VISA), 'rear');
  assert.equal(await yes(own), ['two-asked']);
  own.reader.says({ kind: 'removed', readerId: 'front' });
  assert.equal(await yes(own), ['yes', PAID.replace('front', 'rear')]);
});

test('a card that leaves as the driver says yes is asked for again, and pays when it is held there', async () => {
  const own = vehicle('ask');
  const { leaves } = await lays(own, blockedWith(MIR));
  leaves();
  assert.equal(await yes(own), ['yes', 'front again the card left before it was read']);
  assert.is(own.journal.outboxSize(), 1);
  own.reader.says({ kind: 'removed', readerId: 'front' });
  assert.equal(await taps(own, blockedWith(MIR)), [PAID]);
});

test('a yes that comes while another card is decided on is carried out after it', async () => {
  const own = vehicle('ask');
  await lays(own, blockedWith(MIR));
  const answers = virtualChip({ transit: issued(plain({ isBlocked: true })) });
  let commands = 0;
  let goOn: () => void = () => undefined;
  const heldUp = new Promise<void>(resolve => {
    goOn = resolve;
  });
  own.reader.holds('rear', UID, {
    transmit: async command => {
      commands += 1;
      // Its bank application is looked for.
      if (commands === 3) await heldUp;
      return answers(command);
    },
  });
  await quiet();
  const told = yes(own);
  await quiet();
  assert.equal(own.said(), []);
  goOn();
  assert.equal(await told, ['yes', 'rear declined card-blocked', PAID]);
});

test('a driver who is off duty says yes for nobody where taps need a shift', async () => {
  const own = bench(({ device }) => ({
    tariffs: TARIFFS.ask,
    device: { ...device, driver: { ...device.driver, shift: 'required' } },
  }));
  await own.vehicle.ask({ kind: 'open-shift', shift: { shiftId: 's', driverId: 'd' } });
  await lays(own, blockedWith(MIR));
  await own.vehicle.ask({ kind: 'close-shift' });
  assert.equal(await yes(own), ['no-shift']);
});

test('in inspection nobody is asked, and nothing is paid', async () => {
  const own = vehicle('always');
  await own.vehicle.ask({ kind: 'mode', mode: 'inspection' });
  own.said();
  assert.equal(await taps(own, { transit: issued(plain({ isBlocked: true })), bank: MIR }), [
    'front declined check-unknown',
  ]);
});

test.run();
