import { createPublicKey, verify } from 'node:crypto';
import { decode, Tag } from 'cbor2';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { hexOfBytes } from '../../../src/core/hex.ts';
import { CborReader } from '../../../src/wire/cbor-reader.ts';
import { nodeEd25519 } from '../../../src/wire/node-ed25519.ts';
import { isSignedBy, readSign1, sign1, toBeSigned } from '../../../src/wire/ticket/sign1.ts';
import { hex } from './tickets.ts';

/** The COSE working group's example 'EdDSA-01: EdDSA - 25519 - sign0'. */
const EXAMPLE = {
  secret: hex('9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60'),
  publicKey: hex('d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a'),
  protectedBytes: hex('a201270300'),
  payload: new TextEncoder().encode('This is the content.'),
  toBeSigned: '846a5369676e61747572653145a2012703004054546869732069732074686520636f6e74656e742e',
  signature: hex(
    '7142fd2ff96d56db85bee905a76ba1d0b7321a95c8c4d3607c5781932b7afb8711497dfa751bf40b58b3bcc32300b1487f3db34085eef013bf08f4a44d6fef0d',
  ),
};
const NOTHING = new Uint8Array(0);

test("what is signed is what the working group's example signs, byte for byte", () => {
  const { protectedBytes, payload, signature, publicKey, secret } = EXAMPLE;
  assert.is(hexOfBytes(toBeSigned(protectedBytes, NOTHING, payload)), EXAMPLE.toBeSigned);
  assert.ok(isSignedBy({ protectedBytes, payload, signature }, publicKey, nodeEd25519));
  assert.equal(nodeEd25519.sign(secret, hex(EXAMPLE.toBeSigned)), signature);
});

const SIGNED = sign1(EXAMPLE.payload, { ed25519: nodeEd25519, secret: EXAMPLE.secret, keyName: 'tmn/1' });

test('another CBOR library and another verifier read a message of ours as COSE_Sign1', () => {
  const message = decode(SIGNED);
  assert.instance(message, Tag);
  if (!(message instanceof Tag)) return;
  assert.is(message.tag, 18);
  const [protectedBytes, unprotected, payload, signature] = message.contents as [
    Uint8Array,
    object,
    Uint8Array,
    Uint8Array,
  ];
  assert.equal(
    decode(protectedBytes),
    new Map<number, unknown>([
      [1, -8],
      [4, new TextEncoder().encode('tmn/1')],
    ]),
  );
  assert.equal(unprotected, {});
  assert.equal(payload, EXAMPLE.payload);
  const der = Buffer.concat([hex('302a300506032b6570032100'), EXAMPLE.publicKey]);
  const key = createPublicKey({ key: der, format: 'der', type: 'spki' });
  assert.ok(verify(null, toBeSigned(protectedBytes, NOTHING, payload), key, signature));
});

test('a message of ours is read back, and one that was signed alongside other bytes holds beside them alone', () => {
  const read = readSign1(new CborReader(SIGNED));
  assert.is(read.keyName, 'tmn/1');
  assert.ok(isSignedBy(read, EXAMPLE.publicKey, nodeEd25519));
  const [this_, that] = [Uint8Array.of(1), Uint8Array.of(2)];
  const bound = sign1(NOTHING, { ed25519: nodeEd25519, secret: EXAMPLE.secret, alongside: this_ });
  const readBound = readSign1(new CborReader(bound));
  assert.ok(isSignedBy(readBound, EXAMPLE.publicKey, nodeEd25519, this_));
  assert.not.ok(isSignedBy(readBound, EXAMPLE.publicKey, nodeEd25519, that));
  assert.not.ok(isSignedBy(readBound, EXAMPLE.publicKey, nodeEd25519));
});

/** tag 18, array of 4, protected, unprotected, payload h'', signature of 64. */
const message = (protectedHex: string, unprotected = 'a0', end = `5840${'00'.repeat(64)}`) =>
  hex(`d284${protectedHex}${unprotected}40${end}`);

const REFUSED: readonly (readonly [name: string, bytes: Uint8Array, says: RegExp])[] = [
  ['no tag', hex('8440a04040'), /byte 0: tag 18 was expected/],
  ['another tag', hex('d18440a04040'), /byte 0: tag 18 was expected/],
  ['three parts', hex('d28340a040'), /COSE_Sign1 of 3 parts/],
  ['a header that nobody signed', message('43a10127', 'a10126'), /byte \d+: a map of 1 where at most 0/],
  ['another algorithm', message('43a10126'), /algorithm -7 where -8/],
  ['no algorithm', message('41a0'), /record\.alg: missing/],
  ['a header that it says is critical', message('47a2012702810fa0'.slice(0, 16)), /./],
  ['a header that is not known', message('46a20127036161'), /a header that is not known/],
  ['bytes after the header', message('44a1012700'), /a header that is not known/],
  ['a key id that is no name', message('47a20127044201ff'), /a key id that is no name/],
  ['a short signature', message('43a10127', 'a0', '4100'), /a signature of 1 bytes/],
  ['a long payload', hex(`d28443a10127a0590801${'00'.repeat(2049)}5840${'00'.repeat(64)}`), /at most 2048/],
];

for (const [name, bytes, says] of REFUSED) {
  test(`a message with ${name} is refused`, () => {
    assert.throws(() => readSign1(new CborReader(bytes)), says);
  });
}

test.run();
