import { createHash } from 'node:crypto';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { bytesOfHex, hexOfBytes } from '../../../src/core/hex.ts';
import { type AcquirerKey, readAcquirerKey } from '../../../src/onboard/payment/acquirer-key.ts';
import { sealPayment } from '../../../src/onboard/payment/seal.ts';
import { encode } from '../../../src/wire/codec.ts';
import { paymentEnvelope } from '../../../src/wire/payment/envelope.ts';
import { write } from '../../cli/input.ts';
import { ACQUIRER_KEY, open, readEnvelope } from './acquirer.ts';

const key = readAcquirerKey(ACQUIRER_KEY);
const CARD = bytesOfHex('570f2200998000000129d281220100000f');

test('what is sealed the acquirer opens, with a library that is none of ours', async () => {
  assert.equal(await open(sealPayment(CARD, key).bytes), CARD);
  assert.equal(await open(sealPayment(new Uint8Array(0), key).bytes), new Uint8Array(0));
});

test('an envelope says its schema, realm and key in clear, and nothing else', () => {
  const { bytes } = sealPayment(CARD, key);
  const { schema, realm, keyId, encapsulated, sealed } = readEnvelope(bytes);
  assert.equal({ schema, realm, keyId }, { schema: 1, realm: 'test', keyId: 1 });
  assert.equal([encapsulated.length, sealed.length], [32, CARD.length + 16]);
  assert.not.match(hexOfBytes(bytes), /2200998/);
});

test('no envelope is like another, nor is its name: it is the hash of what it became', () => {
  const [one, other] = [sealPayment(CARD, key), sealPayment(CARD, key)];
  assert.is.not(hexOfBytes(one.bytes), hexOfBytes(other.bytes));
  assert.is.not(one.ref, other.ref);
  assert.is(one.ref, createHash('sha256').update(one.bytes).digest('hex').slice(0, 32));
});

const CHANGED: readonly (readonly [what: string, change: (key: AcquirerKey) => AcquirerKey])[] = [
  ['realm', own => ({ ...own, realm: 'production' })],
  ['key', own => ({ ...own, keyId: 2 })],
];

for (const [what, change] of CHANGED) {
  test(`an envelope whose ${what} was changed on its way does not open`, async () => {
    const envelope = readEnvelope(sealPayment(CARD, key).bytes);
    const { realm, keyId } = change(key);
    await fails(open(encode(paymentEnvelope, { ...envelope, realm, keyId })));
  });
}

test('an envelope with one bit changed anywhere in its seal does not open', async () => {
  const envelope = readEnvelope(sealPayment(CARD, key).bytes);
  for (let at = 0; at < envelope.sealed.length; at++) {
    const sealed = Uint8Array.from(envelope.sealed, (byte, index) => (index === at ? byte ^ 1 : byte));
    await fails(open(encode(paymentEnvelope, { ...envelope, sealed })));
  }
});

test('an envelope for another acquirer does not open', async () => {
  const publicKey = bytesOfHex('8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a');
  await fails(open(sealPayment(CARD, { ...key, publicKey }).bytes));
});

async function fails(opened: Promise<Uint8Array>): Promise<void> {
  const outcome = await opened.then(
    () => 'opened',
    () => 'refused',
  );
  assert.is(outcome, 'refused');
}

const WRONG: readonly (readonly [what: string, text: string, says: RegExp])[] = [
  [
    'a key cut short',
    'realm: test\nkeyId: 1\npublicKey: "ab"\n',
    /:3:12: publicKey: of another form \(expected 32 bytes/,
  ],
  [
    'a realm misspelt',
    `realm: tests\nkeyId: 1\npublicKey: "${'ab'.repeat(32)}"\n`,
    /:1:8: realm: 'tests' \(expected 'test'\)/,
  ],
  [
    'a key of zeros',
    `realm: test\nkeyId: 1\npublicKey: "${'00'.repeat(32)}"\n`,
    /:3:12: publicKey: nothing can be sealed to it/,
  ],
  [
    'the private half',
    `realm: test\nkeyId: 1\nprivateKey: "${'ab'.repeat(32)}"\n`,
    /unknown key 'privateKey'/,
  ],
];

for (const [what, text, says] of WRONG) {
  test(`${what} is refused with its place`, () => {
    assert.throws(() => readAcquirerKey(write(text, 'acquirer.yaml')), says);
  });
}

test.run();
