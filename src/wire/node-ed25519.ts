/** The `Ed25519` port on Node's own cryptography. */
import { createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto';
import type { Ed25519 } from '../core/crypto.ts';
import { bytesOfHex } from '../core/hex.ts';

/** Node takes keys in DER (RFC 8410): the same head before every key, then its 32 bytes. */
const PUBLIC_HEAD = bytesOfHex('302a300506032b6570032100');
const SECRET_HEAD = bytesOfHex('302e020100300506032b657004220420');

export const nodeEd25519: Ed25519 = {
  verify(publicKey, message, signature) {
    const key = createPublicKey({ key: der(PUBLIC_HEAD, publicKey), format: 'der', type: 'spki' });
    return verify(null, message, key, signature);
  },
  sign: (seed, message) => new Uint8Array(sign(null, message, secretKey(seed))),
  publicKeyOf(seed) {
    const spki = createPublicKey(secretKey(seed)).export({ format: 'der', type: 'spki' });
    return new Uint8Array(spki.subarray(PUBLIC_HEAD.length));
  },
};

function secretKey(seed: Uint8Array): KeyObject {
  return createPrivateKey({ key: der(SECRET_HEAD, seed), format: 'der', type: 'pkcs8' });
}

function der(head: Uint8Array, key: Uint8Array): Buffer {
  return Buffer.concat([head, key]);
}
