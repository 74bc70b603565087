import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { readHolderKey, readIssuerKey } from '../../../src/core/ticket/key-file.ts';

const HEX = 'AB'.repeat(32);
const NAMED = 'realm: test\nissuer: tmn\nkeyId: 1\n';

test("an issuer's key is named by its issuer and its number, and holds one of its halves", () => {
  const { name, realm, half } = readIssuerKey(`${NAMED}publicKey: "${HEX}"\n`, 'key.yaml');
  assert.equal([name, realm, half], ['tmn/1', 'test', { kind: 'public', publicKey: HEX.toLowerCase() }]);
  assert.equal(readIssuerKey(`${NAMED}secret: "${HEX}"\n`, 'key.yaml').half, {
    kind: 'secret',
    secret: HEX.toLowerCase(),
  });
});

test("a phone's key has no name: the ticket names it", () => {
  assert.equal(readHolderKey(`realm: test\nsecret: "${HEX}"\n`, 'key.yaml'), {
    kind: 'secret',
    secret: HEX.toLowerCase(),
  });
});

const REFUSED: readonly (readonly [name: string, text: string, says: RegExp])[] = [
  ['both halves', `${NAMED}secret: "${HEX}"\npublicKey: "${HEX}"\n`, /key\.yaml:1:1: .*one of them/],
  ['neither half', NAMED, /key\.yaml:1:1: .*one of them/],
  ['a short key', `${NAMED}secret: "ab"\n`, /key\.yaml:4:9: secret: .*64 hex digits/],
  [
    'a name in capitals',
    `realm: test\nissuer: TMN\nkeyId: 1\nsecret: "${HEX}"\n`,
    /key\.yaml:2:9: issuer: .*small letters/,
  ],
  ['a key without its number', `realm: test\nissuer: tmn\nsecret: "${HEX}"\n`, /keyId: missing/],
  [
    'a misspelt key',
    `${NAMED}secrit: "${HEX}"\n`,
    /key\.yaml:4:1: unknown key 'secrit' \(expected 'secret'\)/,
  ],
];

for (const [name, text, says] of REFUSED) {
  test(`a key file with ${name} is refused, and says where`, () => {
    assert.throws(() => readIssuerKey(text, 'key.yaml'), says);
  });
}

test.run();
