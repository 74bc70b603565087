/** The `Crypto` port on Node's own cryptography. */
import { createHmac, hash } from 'node:crypto';
import type { Crypto } from '../core/crypto.ts';

export const nodeCrypto: Crypto = {
  sha256: bytes => hash('sha256', bytes, 'buffer'),
  hmacSha256: (key, bytes) => createHmac('sha256', key).update(bytes).digest(),
};
