/**
 * The payment envelope (RECORDS.md 2): a bank card's data, sealed to its acquirer's key. In clear stands which key, of
 * which realm: what is made with a test key can never pass for production.
 */
import { REALMS, type Realm } from '../../core/tap.ts';
import { bytes, count, oneOf } from '../codec.ts';
import { required, struct } from '../struct.ts';

export const ENVELOPE_SCHEMA = 1;

/** What the envelope says in clear; sealed along, so that it cannot be changed. */
export interface EnvelopeHead {
  readonly schema: number;
  readonly realm: Realm;
  /** The acquirer's key. */
  readonly keyId: number;
}

/** HPKE (RFC 9180), base mode, X25519, HKDF-SHA256, AES-256-GCM; `info` is ENVELOPE_INFO, the head's bytes are `aad`. */
export interface PaymentEnvelope extends EnvelopeHead {
  readonly encapsulated: Uint8Array;
  readonly sealed: Uint8Array;
}

export const ENVELOPE_INFO = 'tura payment envelope 1';

/** A card gives some hundred bytes. */
const MAX_SEALED_BYTES = 4096;

const head = {
  schema: required(1, count),
  realm: required(2, oneOf(REALMS)),
  keyId: required(3, count),
};

export const envelopeHead = struct<EnvelopeHead>(head);

export const paymentEnvelope = struct<PaymentEnvelope>({
  ...head,
  encapsulated: required(4, bytes(32)),
  sealed: required(5, bytes(MAX_SEALED_BYTES)),
});
