/**
 * Sealing to a public key: HPKE (RFC 9180), base mode, one message, with DHKEM(X25519, HKDF-SHA256), HKDF-SHA256 and
 * AES-256-GCM. A standard, so that an acquirer opens it with a library of its own; there is no opening here.
 */
import {
  createCipheriv,
  createHmac,
  createPublicKey,
  diffieHellman,
  generateKeyPairSync,
  type KeyObject,
} from 'node:crypto';

export interface Sealed {
  /** The ephemeral public key, 32 bytes (`enc`). */
  readonly encapsulated: Uint8Array;
  /** The ciphertext with its tag of 16 bytes. */
  readonly sealed: Uint8Array;
}

export interface SealedTo {
  /** X25519, 32 bytes. */
  readonly publicKey: Uint8Array;
  /** What it is sealed for. */
  readonly info: Uint8Array;
  /** Stands in clear beside it, and cannot be changed. */
  readonly associated: Uint8Array;
}

const KEM = Buffer.from('KEM\x00\x20', 'latin1');
const SUITE = Buffer.from('HPKE\x00\x20\x00\x01\x00\x02', 'latin1');
const VERSION = Buffer.from('HPKE-v1');
const NOTHING = Buffer.alloc(0);
const BASE_MODE = Buffer.of(0);
const [SECRET_BYTES, KEY_BYTES, NONCE_BYTES] = [32, 32, 12];

/** Throws when `publicKey` is no key that anything can be sealed to. */
export function seal(plain: Uint8Array, { publicKey, info, associated }: SealedTo): Sealed {
  const { encapsulated, secret } = encapsulate(publicKey);
  const context = Buffer.concat([
    BASE_MODE,
    extract(SUITE, NOTHING, 'psk_id_hash', NOTHING),
    extract(SUITE, NOTHING, 'info_hash', info),
  ]);
  const schedule = extract(SUITE, secret, 'secret', NOTHING);
  const key = expand(SUITE, schedule, 'key', context, KEY_BYTES);
  const nonce = expand(SUITE, schedule, 'base_nonce', context, NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(associated);
  return { encapsulated, sealed: Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()]) };
}

/** RFC 9180, 4.1. */
function encapsulate(recipient: Uint8Array): { encapsulated: Buffer; secret: Buffer } {
  const ephemeral = generateKeyPairSync('x25519');
  const encapsulated = rawOf(ephemeral.publicKey);
  const shared = diffieHellman({ privateKey: ephemeral.privateKey, publicKey: keyOf(recipient) });
  const both = Buffer.concat([encapsulated, recipient]);
  const secret = expand(KEM, extract(KEM, NOTHING, 'eae_prk', shared), 'shared_secret', both, SECRET_BYTES);
  return { encapsulated, secret };
}

/** LabeledExtract. */
function extract(suite: Buffer, salt: Uint8Array, label: string, material: Uint8Array): Buffer {
  return hmac(salt, VERSION, suite, Buffer.from(label), material);
}

/** LabeledExpand, of at most one block. */
function expand(suite: Buffer, key: Uint8Array, label: string, info: Uint8Array, length: number): Buffer {
  const first = hmac(key, Buffer.of(0, length), VERSION, suite, Buffer.from(label), info, Buffer.of(1));
  return first.subarray(0, length);
}

function hmac(key: Uint8Array, ...parts: readonly Uint8Array[]): Buffer {
  const keyed = createHmac('sha256', key);
  for (const part of parts) keyed.update(part);
  return keyed.digest();
}

/** What stands before the 32 bytes of an X25519 key in its DER form (RFC 8410). */
const DER_HEAD = Buffer.from('302a300506032b656e032100', 'hex');

function keyOf(raw: Uint8Array): KeyObject {
  return createPublicKey({ key: Buffer.concat([DER_HEAD, raw]), format: 'der', type: 'spki' });
}

function rawOf(key: KeyObject): Buffer {
  return key.export({ format: 'der', type: 'spki' }).subarray(DER_HEAD.length);
}
