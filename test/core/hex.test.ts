import * as fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { bytesOfHex, hexOfBytes } from '../../src/core/hex.ts';

test('bytes are written as lower-case hex and read back whatever their case', () => {
  assert.is(hexOfBytes(Uint8Array.of(0, 10, 127, 255)), '000a7fff');
  fc.assert(
    fc.property(fc.uint8Array(), bytes => {
      const text = hexOfBytes(bytes);
      assert.is(text, Buffer.from(bytes).toString('hex'));
      assert.equal(bytesOfHex(text), bytes);
      assert.equal(bytesOfHex(text.toUpperCase()), bytes);
    }),
  );
});

for (const text of ['0g', 'zz', '0 ', '//', '::', '@@', '``', 'gg']) {
  test(`'${text}' is no hex and is refused`, () => {
    assert.throws(() => bytesOfHex(text), /not a hex digit/);
  });
}

test('half a byte is refused: a digit was lost', () => {
  assert.throws(() => bytesOfHex('abc'), /odd number/);
});

test.run();
