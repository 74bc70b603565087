/** A bank card's data on its way to its acquirer: sealed inside the reader's boundary, and named by what it became. */
import { createHash } from 'node:crypto';
import type { SealedPayment } from '../../core/card/identity.ts';
import { encode } from '../../wire/codec.ts';
import {
  ENVELOPE_INFO,
  ENVELOPE_SCHEMA,
  type EnvelopeHead,
  envelopeHead,
  paymentEnvelope,
} from '../../wire/payment/envelope.ts';
import type { AcquirerKey } from './acquirer-key.ts';
import { seal } from './hpke.ts';

const INFO = Buffer.from(ENVELOPE_INFO);

/** Every envelope is another one, and so is its name: no two taps can be taken for each other by it. */
export function sealPayment(data: Uint8Array, { realm, keyId, publicKey }: AcquirerKey): SealedPayment {
  const head: EnvelopeHead = { schema: ENVELOPE_SCHEMA, realm, keyId };
  const associated = encode(envelopeHead, head);
  const bytes = encode(paymentEnvelope, { ...head, ...seal(data, { publicKey, info: INFO, associated }) });
  return { ref: createHash('sha256').update(bytes).digest('hex').slice(0, 32), bytes };
}
