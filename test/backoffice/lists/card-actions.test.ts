/** The plain action list: what a row becomes, and every slip by its line and column. */
import * as fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { readBase } from '../../../src/backoffice/lists/build.ts';
import { buildCardActions } from '../../../src/backoffice/lists/card-actions.ts';
import type { TokenKeys } from '../../../src/core/card/identity.ts';
import { TuraError } from '../../../src/core/error.ts';
import { CARD_OPS, type CardAction } from '../../../src/core/list/card-action.ts';
import type { MinorUnits } from '../../../src/core/money.ts';
import type { Tariff } from '../../../src/core/tariff/tariff.ts';
import type { ServiceDate } from '../../../src/core/time.ts';
import { CborReader } from '../../../src/wire/cbor-reader.ts';
import { encode } from '../../../src/wire/codec.ts';
import { cardAction } from '../../../src/wire/list/card-action.ts';
import { Malformed } from '../../../src/wire/malformed.ts';
import { nodeCrypto } from '../../../src/wire/node-crypto.ts';
import { city } from '../../core/fare/city.ts';
import { sourceOf } from '../../wire/list/lists.ts';
import { TERMS } from './terms.ts';

const TARIFF = city(
  `passes: [{ id: month, product: 2, period: { every: month, starts: calendar }, valid: fixed, covers: {}, source: assumed }]
purse: { media: [card], floor: '0.00', maximum: '20.00', source: assumed }
`,
  [['recognise: [storage]', 'recognise: [transit]']],
);
const NO_PURSE = city('');
const key = (keyId: number) => ({ keyId, secret: new Uint8Array(32).fill(keyId) });
const HEADER = 'action_id,card,nth,op,amount,pass,category,from,to';
const CARD = '0a1b2c3d4e5f6071';

function built(rows: readonly string[], keys: TokenKeys = [key(1)], tariff: Tariff = TARIFF): Uint8Array {
  const context = { tokeniser: { keys, crypto: nodeCrypto }, tariff };
  return buildCardActions([HEADER, ...rows, ''].join('\n'), 'actions.csv', context, TERMS);
}

async function entriesOf(bundle: Uint8Array): Promise<CardAction[]> {
  const { items } = await readBase(sourceOf(bundle));
  return [...items.values()].map(({ body }) => cardAction.read(new CborReader(body)));
}

test('each row is an action of its card, and its serial stands nowhere in the bundle', async () => {
  const bundle = built([
    `b,${CARD},2,renew,,month,,20260401,20260430`,
    `a,${CARD},1,load,12.50,,,,`,
    `c,${CARD},3,set-category,,,child,,20260831`,
    `d,${CARD},4,block,,,,,`,
  ]);
  const said = (await entriesOf(bundle)).map(({ token: _token, ...action }) => action);
  assert.equal(said, [
    { actionId: 'a', nth: 1, op: 'load', amountMinor: 1250, currency: 'EUR' },
    { actionId: 'b', nth: 2, op: 'renew', pass: 'month', from: 20260401, to: 20260430 },
    { actionId: 'c', nth: 3, op: 'set-category', category: 'child', to: 20260831 },
    { actionId: 'd', nth: 4, op: 'block' },
  ]);
  assert.not(Buffer.from(bundle).toString('hex').includes(CARD));
});

test('while a key rotates out, a card is found under either', async () => {
  const tokens = (await entriesOf(built([`a,${CARD},1,block,,,,,`], [key(2), key(1)]))).map(
    ({ token }) => token.keyId,
  );
  assert.equal(tokens.sort(), [1, 2]);
});

const SLIPS: readonly (readonly [what: string, rows: readonly string[], says: RegExp])[] = [
  ['a card that is none', [`a,04A1,1,block,,,,,`], /:2:3: no application token .*a serial of 8 bytes/],
  ['the number 0', [`a,${CARD},0,block,,,,,`], /:2:20: nth is 0 .*from 1/],
  ['a word that is no op', [`a,${CARD},1,bloc,,,,,`], /:2:22: op is 'bloc' .*'block'/],
  ['a load of nothing', [`a,${CARD},1,load,0.00,,,,`], /:2:27: amount is '0.00' .*EUR above zero/],
  ['a load beyond the purse', [`a,${CARD},1,load,20.01,,,,`], /:2:27: amount is '20.01' .*at most 20.00/],
  [
    'a day before cards',
    [`a,${CARD},1,set-category,,,child,,20191231`],
    /:2:44: to is 2019-12-31 .*from 2020 to 2199/,
  ],
  [
    'a day after cards',
    [`a,${CARD},1,renew,,month,,22000101,`],
    /:2:36: from is 2200-01-01 .*from 2020 to 2199/,
  ],
  [
    'a number that waits for one that is missing',
    [`a,${CARD},9,block,,,,,`, `b,${CARD},6,unblock,,,,,`, `c,${CARD},7,block,,,,,`],
    /:2:20: action 9 of this card, and none with 8 .*without a gap/,
  ],
  ['a load without its amount', [`a,${CARD},1,load,,,,,`], /:2:27: load without amount/],
  ['a block with an amount', [`a,${CARD},1,block,1.00,,,,`], /:2:28: block with amount .*nothing here/],
  ['a pass that is misspelt', [`a,${CARD},1,renew,,mont,,,`], /no pass 'mont' in the tariff .*'month'/],
  ['a category that is misspelt', [`a,${CARD},1,set-category,,,chidl,,`], /no category 'chidl' .*'child'/],
  ['an end before its beginning', [`a,${CARD},1,renew,,month,,20260401,20260331`], /to is before from/],
  [
    'one number twice',
    [`a,${CARD},1,block,,,,,`, `b,${CARD},1,unblock,,,,,`],
    /:3:20: action 1 of this card stands in line 2/,
  ],
  ['one name twice', [`a,${CARD},1,block,,,,,`, `a,${CARD},2,unblock,,,,,`], /:3:1: the same action_id 'a'/],
  [
    'more than a card is ever asked',
    Array.from({ length: 65 }, (_, index) => `a${index},${CARD},${index + 1},block,,,,,`),
    /:66:5: action 65 of one card .*at most 64/,
  ],
];

for (const [what, rows, says] of SLIPS) {
  test(`${what} is said with its line and column`, () => {
    assert.throws(
      () => built(rows),
      (error: unknown) => error instanceof TuraError && says.test(error.message),
    );
  });
}

test('the actions of a card may go on from any number, for those that are done are left out', async () => {
  const actions = await entriesOf(built([`b,${CARD},8,unblock,,,,,`, `a,${CARD},7,block,,,,,`]));
  assert.equal(
    actions.map(({ nth }) => nth),
    [7, 8],
  );
});

test('a load is refused by a tariff whose cards have no purse', () => {
  assert.throws(
    () => built([`a,${CARD},1,load,5.00,,,,`], [key(1)], NO_PURSE),
    (error: unknown) => error instanceof TuraError && /:2:22: a load, and no purse/.test(error.message),
  );
});

const token = { kind: 'application', keyId: 1, value: 'ab'.repeat(16) } as const;
const day = fc.integer({ min: 20200101, max: 20991231 }).map(date => date as ServiceDate);
const action: fc.Arbitrary<CardAction> = fc
  .tuple(
    fc.record({
      actionId: fc.string({ minLength: 1, maxLength: 20 }),
      nth: fc.integer({ min: 1, max: 9999 }),
    }),
    fc.constantFrom(...CARD_OPS),
    day,
  )
  .map(([common, op, date]): CardAction => {
    const whose = { ...common, token };
    if (op === 'load') return { ...whose, op, amountMinor: date as number as MinorUnits, currency: 'EUR' };
    if (op === 'renew') return { ...whose, op, pass: 'month', from: date };
    if (op === 'set-category') return { ...whose, op, category: 'child', to: date };
    return { ...whose, op };
  });

test('an action is read as it was written, and refused with a field that is not its own', () => {
  fc.assert(
    fc.property(action, written => {
      assert.equal(cardAction.read(new CborReader(encode(cardAction, written))), written);
      const spoilt = written.op === 'load' ? { ...written, pass: 'month' } : { ...written, currency: 'EUR' };
      assert.throws(
        () => encode(cardAction, spoilt as CardAction),
        (error: unknown) => error instanceof Malformed,
      );
    }),
    { numRuns: 100 },
  );
});

test.run();
