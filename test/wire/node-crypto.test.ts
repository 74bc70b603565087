import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { nodeCrypto } from '../../src/wire/node-crypto.ts';

test('the HMAC of any key and message is that of the library', () => {
  const bytes = (maxLength: number) => fc.uint8Array({ maxLength });
  fc.assert(
    fc.property(bytes(200), bytes(300), (key, message) => {
      const expected = createHmac('sha256', key).update(message).digest('hex');
      assert.is(Buffer.from(nodeCrypto.hmacSha256(key, message)).toString('hex'), expected);
      assert.is(
        Buffer.from(nodeCrypto.hmacSha256(key, message)).toString('hex'),
        expected,
        'with the pads kept',
      );
    }),
  );
});

test.run();
