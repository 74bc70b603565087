import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { cmac } from '../../../../src/core/card/transit/cmac.ts';
import { bytesOfHex, hexOfBytes } from '../../../../src/core/hex.ts';
import { nodeAes } from '../../../../src/wire/node-aes.ts';

const KEY = bytesOfHex('2b7e151628aed2a6abf7158809cf4f3c');
const MESSAGE = bytesOfHex(
  '6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e51' +
    '30c81c46a35ce411e5fbc1191a0a52eff69f2445df4f9b17ad2b417be66c3710',
);

const VECTORS: readonly (readonly [length: number, mac: string])[] = [
  [0, 'bb1d6929e95937287fa37d129b756746'],
  [16, '070a16b46b4d4144f79bdd9dd04a287c'],
  [40, 'dfa66747de9ae63030ca32611497c827'],
  [64, '51f0bebf7e3b9d92fc49741779363cfe'],
];

for (const [length, mac] of VECTORS) {
  test(`the code of ${length} bytes is that of RFC 4493, 4`, () => {
    assert.is(hexOfBytes(cmac(KEY, MESSAGE.subarray(0, length), nodeAes)), mac);
  });
}

test('a block is ciphered as FIPS 197 has it', () => {
  const key = bytesOfHex('000102030405060708090a0b0c0d0e0f');
  const block = bytesOfHex('00112233445566778899aabbccddeeff');
  assert.is(hexOfBytes(nodeAes.encrypt(key, block)), '69c4e0d86a7b0430d8cdb78070b4c55a');
});

test.run();
