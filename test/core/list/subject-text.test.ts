import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { type TokenKey, tokenOf } from '../../../src/core/card/identity.ts';
import { bytesOfHex } from '../../../src/core/hex.ts';
import { askAbout, readSubject } from '../../../src/core/list/subject-text.ts';
import { nodeCrypto as crypto } from '../../../src/wire/node-crypto.ts';

const OLD: TokenKey = { keyId: 1, secret: new Uint8Array(32).fill(1) };
const NEW: TokenKey = { keyId: 2, secret: new Uint8Array(32).fill(2) };
const ONE = { keys: [OLD], crypto } as const;
const TWO = { keys: [NEW, OLD], crypto } as const;
const UID = '04A1B2C3D4E5F6';
const HEX = '9f86d081884c7d659a2feaa0c55ad015';

test('a raw UID is asked for as its token', () => {
  assert.equal(askAbout(`uid:${UID}`, ONE), { tokens: [tokenOf('uid', bytesOfHex(UID), OLD, crypto)] });
});

test('a raw UID has a token under each key while one rotates out', () => {
  const { tokens } = askAbout(`uid:${UID.toLowerCase()}`, TWO);
  assert.equal(
    tokens.map(({ keyId }) => keyId),
    [2, 1],
  );
});

test('a token is taken as it is, with its own key or the current one', () => {
  assert.equal(askAbout(`pan:7:${HEX}`, undefined), { tokens: [{ kind: 'pan', keyId: 7, value: HEX }] });
  assert.equal(askAbout(`uid:${HEX.toUpperCase()}`, TWO), {
    tokens: [{ kind: 'uid', keyId: 2, value: HEX }],
  });
});

test('categories, products and BINs are asked for by what they are called', () => {
  assert.equal(askAbout('category:pensioner', undefined), { category: 'pensioner', tokens: [] });
  assert.equal(askAbout('product:12', undefined), { product: '12', tokens: [] });
  assert.equal(askAbout('binRange:220099', undefined), { bin: '22009900', tokens: [] });
});

test('what names nobody is refused, and no number is repeated', () => {
  const cases = [
    ['uid', '08A1B2C3', /random UID/],
    ['uid', '04A1B2', /a UID of 3 bytes/],
    ['uid', '04A1B2C3Z', /no uid token/],
    ['uid', `${HEX}00`, /no uid token/],
    ['pan', '2200111122223333', /no pan token/],
    ['cardSerial', '', /no cardSerial token/],
    ['binRange', '2200-2204-2210', /no BIN range/],
    ['binRange', '2204-2200', /no BIN range/],
    ['binRange', '220', /no BIN range/],
    ['category', '', /no category/],
  ] as const;
  for (const [kind, value, what] of cases) {
    const reading = readSubject(kind, value, ONE);
    assert.is(reading.kind, 'wrong', value);
    if (reading.kind === 'wrong') assert.match(reading.what, what);
    if (reading.kind === 'wrong' && kind === 'pan') assert.not.match(reading.what, '2200');
  }
});

test('without a key a raw UID is refused', () => {
  assert.throws(() => askAbout(`uid:${UID}`, undefined), /no key to make its token/);
  assert.throws(() => askAbout(`uid:${HEX}`, undefined), /no uid token/);
});

test('a kind that does not exist is answered with the one that was meant', () => {
  assert.throws(() => askAbout('instrment:1:00', undefined), /'instrment' is no kind of subject/);
});

test('a ticket is blocked by its serial, which is asked for as its token', () => {
  const serial = '17259cc2102089d1d3ee4fc5';
  assert.equal(askAbout(`ticket:${serial}`, TWO), {
    tokens: [
      tokenOf('ticket', bytesOfHex(serial), NEW, crypto),
      tokenOf('ticket', bytesOfHex(serial), OLD, crypto),
    ],
  });
  assert.equal(askAbout(`ticket:1:${HEX}`, undefined), {
    tokens: [{ kind: 'ticket', keyId: 1, value: HEX }],
  });
  assert.throws(() => askAbout(`ticket:${serial}`, undefined), /a raw serial and no key to make its token/);
  assert.throws(() => askAbout('ticket:1725', ONE), /no ticket token/);
});

test.run();
