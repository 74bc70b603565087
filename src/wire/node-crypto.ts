/** The `Crypto` port on Node's own cryptography. */
import { createHash, createHmac } from 'node:crypto';
import type { Crypto } from '../core/crypto.ts';

export const nodeCrypto: Crypto = {
  sha256: bytes => createHash('sha256').update(bytes).digest(),
  hmacSha256: (key, bytes) => createHmac('sha256', key).update(bytes).digest(),
};
