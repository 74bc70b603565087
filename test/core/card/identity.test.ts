import { createHmac } from 'node:crypto';
import * as fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { identify, type TokenKey, tokenOf } from '../../../src/core/card/identity.ts';
import { bytesOfHex } from '../../../src/core/hex.ts';
import { TOKEN_KINDS, tokenKey } from '../../../src/core/tap.ts';
import { nodeCrypto as crypto } from '../../../src/wire/node-crypto.ts';

const KEY: TokenKey = { keyId: 1, secret: new Uint8Array(32).fill(7) };
const OLDER: TokenKey = { keyId: 9, secret: new Uint8Array(32).fill(9) };

test('a token is the HMAC-SHA-256 of its domain, its kind and the number, cut to 16 bytes', () => {
  const uid = bytesOfHex('04a1b2c3d4e5f6');
  const message = Buffer.concat([Buffer.from('tura token v1\0uid\0'), uid]);
  const digest = createHmac('sha256', KEY.secret).update(message).digest('hex');
  assert.equal(tokenOf('uid', uid, KEY, crypto), { kind: 'uid', keyId: 1, value: digest.slice(0, 32) });
});

test('UIDs of 4, 7 and 10 bytes are identities, of either form', () => {
  for (const uid of ['9e31d0a4', '04a1b2c3d4e5f6', '0488a1c53e7720b4196d']) {
    for (const form of ['storage', 'iso14443-4'] as const) {
      const medium = identify({ uid: bytesOfHex(uid), form }, [KEY], crypto);
      assert.equal(medium, {
        kind: 'identified',
        token: tokenOf('uid', bytesOfHex(uid), KEY, crypto),
        further: [],
        form,
        assurance: 'uid',
      });
    }
  }
});

test('a random UID identifies nobody; a longer number that begins the same does', () => {
  const kindOf = (uid: string) => identify({ uid: bytesOfHex(uid), form: 'iso14443-4' }, [KEY], crypto).kind;
  assert.is(kindOf('08a7c3e1'), 'random-uid');
  assert.is(kindOf('08a7c3e1d4e5f6'), 'identified');
  assert.is(kindOf('18a7c3e1'), 'identified');
});

test('while a key rotates out a card is known under both, the current one first', () => {
  const medium = identify({ uid: bytesOfHex('9e31d0a4'), form: 'storage' }, [KEY, OLDER], crypto);
  assert.is(medium.kind, 'identified');
  if (medium.kind !== 'identified') return;
  assert.is(medium.token.keyId, 1);
  assert.equal(
    medium.further.map(({ keyId }) => keyId),
    [9],
  );
});

test('a UID of another length is the fault of a reader, not a card', () => {
  assert.throws(
    () => identify({ uid: new Uint8Array(5), form: 'storage' }, [KEY], crypto),
    /4, 7 or 10 bytes/,
  );
});

test('no two numbers, kinds or keys give the same token', () => {
  const number = fc.uint8Array({ minLength: 1, maxLength: 12 });
  const named = fc.tuple(fc.constantFrom(...TOKEN_KINDS), number, fc.constantFrom(KEY, OLDER));
  fc.assert(
    fc.property(named, named, ([kindA, a, keyA], [kindB, b, keyB]) => {
      const same = kindA === kindB && keyA === keyB && Buffer.from(a).equals(Buffer.from(b));
      const [one, other] = [tokenOf(kindA, a, keyA, crypto), tokenOf(kindB, b, keyB, crypto)];
      assert.is(tokenKey(one) === tokenKey(other), same);
    }),
  );
});

test.run();
