import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { type TokenKey, tokenOf } from '../../../src/core/card/identity.ts';
import { type Instrument, identifyInstrument, readInstrument } from '../../../src/core/card/instrument.ts';
import { bytesOfHex } from '../../../src/core/hex.ts';
import { tokenKey } from '../../../src/core/tap.ts';
import { nodeCrypto as crypto } from '../../../src/wire/node-crypto.ts';
import { MIR, PAR } from './bank-cards.ts';

const KEY: TokenKey = { keyId: 1, secret: new Uint8Array(32).fill(7) };
const OLDER: TokenKey = { keyId: 9, secret: new Uint8Array(32).fill(9) };
const { pan } = MIR;

/** What an application said: tag and value in hex. */
type Said = Readonly<Record<string, string>>;

const read = (said: Said) =>
  readInstrument(
    new Map(Object.entries(said).map(([tag, hex]) => [Number.parseInt(tag, 16), bytesOfHex(hex)])),
  );

const WHOLE: Said = { 57: `${pan}d281220100000f`, '5A': pan, '5F24': '281231', '5F34': '01' };

const READ: readonly (readonly [what: string, said: Said, instrument: Partial<Instrument>])[] = [
  ['everything', WHOLE, { pan, expiry: '2812', psn: '01' }],
  ['track 2 alone', { 57: `${pan}d2812201` }, { pan, expiry: '2812', psn: '00' }],
  ['a number and an expiry', { '5A': pan, '5F24': '281231' }, { pan, expiry: '2812', psn: '00' }],
  ['a number of 19 digits', { '5A': `${pan}123f`, '5F24': '281231' }, { pan: `${pan}123` }],
  ['a number of 12 digits', { 57: '220099800000d2812f' }, { pan: '220099800000' }],
  ['an expiry of its own beside that of track 2', { ...WHOLE, '5F24': '290131' }, { expiry: '2901' }],
  ['an account reference', { ...WHOLE, '9F24': Buffer.from(PAR).toString('hex') }, { par: PAR }],
];

for (const [what, said, expected] of READ) {
  test(`a card that gives ${what} is an instrument`, () => {
    const reading = read(said);
    assert.is(reading.kind, 'instrument');
    if (reading.kind !== 'instrument') return;
    for (const [name, value] of Object.entries(expected)) {
      assert.is(reading.instrument[name as keyof Instrument], value, name);
    }
  });
}

const UNREAD: readonly (readonly [what: string, said: Said, why: RegExp])[] = [
  ['nothing', {}, /no number, or no expiry/],
  ['a number without an expiry', { '5A': pan }, /no number, or no expiry/],
  ['an expiry without a number', { '5F24': '281231' }, /no number, or no expiry/],
  ['a number of 11 digits', { '5A': '22009980000f', '5F24': '281231' }, /another form/],
  ['a number of 20 digits', { '5A': `${pan}1234`, '5F24': '281231' }, /another form/],
  ['a number that is none', { '5A': `${pan.slice(0, -1)}a`, '5F24': '281231' }, /another form/],
  ['track 2 without its separator', { 57: `${pan}28122010` }, /another form/],
  ['a thirteenth month', { ...WHOLE, '5F24': '281331' }, /another form/],
  ['a month of none in track 2', { 57: `${pan}d2800201` }, /another form/],
  ['an empty expiry', { ...WHOLE, '5F24': '' }, /another form/],
  ['two numbers', { ...WHOLE, '5A': '2200998000000020' }, /two numbers/],
  ['a sequence number of two bytes', { ...WHOLE, '5F34': '0001' }, /sequence number/],
  ['a sequence number that is none', { ...WHOLE, '5F34': '0a' }, /sequence number/],
  ['a reference cut short', { ...WHOLE, '9F24': '41' }, /account reference/],
];

for (const [what, said, why] of UNREAD) {
  test(`a card that gives ${what} is unread, and no digit of it is said`, () => {
    const reading = read(said);
    assert.match(reading.kind === 'unread' ? reading.why : '', why);
    assert.not.match(JSON.stringify(reading), /\d{4}/);
  });
}

const instrument: Instrument = { pan, expiry: '2812', psn: '01' };
const ascii = (text: string) => Uint8Array.from(Buffer.from(text));
const tokensOf = (card: Instrument, ...keys: readonly TokenKey[]) => {
  const [current = KEY, previous] = keys;
  const ring = previous === undefined ? ([current] as const) : ([current, previous] as const);
  const { token, further } = identifyInstrument(card, 'mir', ring, crypto);
  return [token, ...further];
};

test('a bank card is its instrument first, then its number', () => {
  assert.equal(tokensOf(instrument, KEY), [
    tokenOf('instrument', ascii(`${pan}D281201`), KEY, crypto),
    tokenOf('pan', ascii(pan), KEY, crypto),
  ]);
});

test('it is known by its account reference too, and by all of them under the older key', () => {
  const tokens = tokensOf({ ...instrument, par: PAR }, KEY, OLDER);
  assert.equal(
    tokens.map(({ kind, keyId }) => `${kind} ${keyId}`),
    ['instrument 1', 'pan 1', 'par 1', 'instrument 9', 'pan 9', 'par 9'],
  );
  assert.is(new Set(tokens.map(tokenKey)).size, 6);
});

test('a card that replaces another is another instrument of the same number', () => {
  for (const changed of [{ expiry: '3112' }, { psn: '02' }]) {
    const [before, after] = [tokensOf(instrument), tokensOf({ ...instrument, ...changed })];
    assert.is.not(before[0]?.value, after[0]?.value);
    assert.is(before[1]?.value, after[1]?.value);
  }
});

test('it gives its scheme and first eight digits, and says that nothing proves it', () => {
  const { form, assurance, scheme, bin } = identifyInstrument(instrument, 'mir', [KEY], crypto);
  assert.equal(
    { form, assurance, scheme, bin },
    { form: 'bank', assurance: 'uid', scheme: 'mir', bin: '22009980' },
  );
});

test('nothing of its number but those digits is in what it is known by', () => {
  const medium = identifyInstrument({ ...instrument, par: PAR }, 'mir', [KEY, OLDER], crypto);
  assert.not.match(JSON.stringify(medium), pan);
  assert.not.match(JSON.stringify(medium), PAR);
});

test.run();
