/** The `Aes128` port on Node's own cryptography. */
import { createCipheriv } from 'node:crypto';
import type { Aes128 } from '../core/crypto.ts';

const ZEROS = new Uint8Array(16);

export const nodeAes: Aes128 = {
  encrypt: (key, blocks) =>
    new Uint8Array(createCipheriv('aes-128-cbc', key, ZEROS).setAutoPadding(false).update(blocks)),
};
