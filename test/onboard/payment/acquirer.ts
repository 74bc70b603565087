/** The acquirer's side, with an HPKE of somebody else's: what opens an envelope is not what sealed it. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Aes256Gcm, CipherSuite, DhkemX25519HkdfSha256, HkdfSha256 } from '@hpke/core';
import { bytesOfHex } from '../../../src/core/hex.ts';
import { CborReader } from '../../../src/wire/cbor-reader.ts';
import { encode } from '../../../src/wire/codec.ts';
import {
  ENVELOPE_INFO,
  envelopeHead,
  type PaymentEnvelope,
  paymentEnvelope,
} from '../../../src/wire/payment/envelope.ts';
import { FIXTURES } from '../../cli/input.ts';

export const ACQUIRER_KEY = join(FIXTURES, 'keys/acquirer-key-test.yaml');

const suite = new CipherSuite({
  kem: new DhkemX25519HkdfSha256(),
  kdf: new HkdfSha256(),
  aead: new Aes256Gcm(),
});

/** A buffer of their own, as that library wants it. */
const owned = (bytes: Uint8Array): ArrayBuffer => Uint8Array.from(bytes).buffer;

/** What an envelope holds. Rejects when it was not sealed to the test key, or was changed. */
export async function open(bytes: Uint8Array): Promise<Uint8Array> {
  const envelope = readEnvelope(bytes);
  const text = readFileSync(join(FIXTURES, 'keys/acquirer-key-test-private.yaml'), 'utf8');
  const secret = bytesOfHex(/privateKey: "([0-9a-f]{64})"/.exec(text)?.[1] ?? '');
  const { schema, realm, keyId, encapsulated, sealed } = envelope;
  const recipient = await suite.createRecipientContext({
    recipientKey: await suite.kem.importKey('raw', owned(secret), false),
    enc: owned(encapsulated),
    info: owned(Buffer.from(ENVELOPE_INFO)),
  });
  const head = encode(envelopeHead, { schema, realm, keyId });
  return new Uint8Array(await recipient.open(owned(sealed), owned(head)));
}

export function readEnvelope(bytes: Uint8Array): PaymentEnvelope {
  return paymentEnvelope.read(new CborReader(bytes));
}
