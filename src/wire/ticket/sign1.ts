/**
 * COSE_Sign1 (RFC 9052, 4.2 and 4.4), as far as tickets need it: EdDSA, every header protected, canonical CBOR alone.
 * What stands in the payload is not looked at here.
 */
import type { Ed25519 } from '../../core/crypto.ts';
import { CborReader } from '../cbor-reader.ts';
import { CborWriter } from '../cbor-writer.ts';
import { type Codec, encode, integer } from '../codec.ts';
import { Malformed } from '../malformed.ts';
import { optional, required, struct, type Unknown } from '../struct.ts';

const SIGN1_TAG = 18;
/** RFC 9053, 2.2. */
const EDDSA = -8;
const SIGNATURE_BYTES = 64;
const MAX_HEADER_BYTES = 128;
const MAX_PAYLOAD_BYTES = 2048;

export interface Sign1 {
  /** As it stands: what is signed are these bytes. */
  readonly protectedBytes: Uint8Array;
  readonly payload: Uint8Array;
  readonly signature: Uint8Array;
  /** The name of the key; absent where the context says whose key it is. */
  readonly keyName?: string;
}

/** A key's name, which COSE keeps as a byte string. */
const name: Codec<string> = {
  write: (writer, value) => writer.byteString(new TextEncoder().encode(value)),
  read(reader) {
    const bytes = reader.byteString(MAX_HEADER_BYTES);
    const text = new TextDecoder().decode(bytes);
    if (/^[\x21-\x7e]{1,64}$/.test(text)) return text;
    throw new Malformed('a key id that is no name');
  },
  check: () => {
    throw new Malformed('a header that is no CBOR');
  },
};

interface Header {
  readonly alg: number;
  readonly kid?: string;
}

const header = struct<Header>({ alg: required(1, integer), kid: optional(4, name) });

/** The next item of `reader`. Throws `Malformed`. */
export function readSign1(reader: CborReader): Sign1 {
  reader.tag(SIGN1_TAG);
  const parts = reader.array(4);
  if (parts !== 4) throw new Malformed(`COSE_Sign1 of ${parts} parts where 4 belong`);
  const protectedBytes = reader.byteString(MAX_HEADER_BYTES);
  if (reader.map(0) !== 0) throw new Malformed('a header that nobody signed');
  const payload = reader.byteString(MAX_PAYLOAD_BYTES);
  const signature = reader.byteString(SIGNATURE_BYTES);
  if (signature.length !== SIGNATURE_BYTES) throw new Malformed(`a signature of ${signature.length} bytes`);
  const { kid } = readHeader(protectedBytes);
  return { protectedBytes, payload, signature, ...(kid === undefined ? {} : { keyName: kid }) };
}

/** A header that is not known may change what all the rest means (RFC 9052, 3.1): it is refused. */
function readHeader(bytes: Uint8Array): Header {
  const reader = new CborReader(bytes);
  const read: Header & Unknown = header.read(reader);
  if (!reader.done || read.unknown !== undefined) throw new Malformed('a header that is not known');
  if (read.alg !== EDDSA) throw new Malformed(`algorithm ${read.alg} where ${EDDSA} (EdDSA) is read`);
  return read;
}

export interface Signing {
  readonly ed25519: Ed25519;
  readonly secret: Uint8Array;
  readonly keyName?: string;
  /** Signed along, but not sent along: whoever verifies has these bytes already. */
  readonly alongside?: Uint8Array;
}

export function sign1(
  payload: Uint8Array,
  { ed25519, secret, keyName, alongside = NOTHING }: Signing,
): Uint8Array {
  const protectedBytes = encode(header, { alg: EDDSA, ...(keyName === undefined ? {} : { kid: keyName }) });
  const writer = new CborWriter();
  writer.tag(SIGN1_TAG);
  writer.array(4);
  writer.byteString(protectedBytes);
  writer.map(0);
  writer.byteString(payload);
  writer.byteString(ed25519.sign(secret, toBeSigned(protectedBytes, alongside, payload)));
  return writer.take();
}

export function isSignedBy(
  { protectedBytes, payload, signature }: Sign1,
  publicKey: Uint8Array,
  ed25519: Ed25519,
  alongside: Uint8Array = NOTHING,
): boolean {
  return ed25519.verify(publicKey, toBeSigned(protectedBytes, alongside, payload), signature);
}

const NOTHING = new Uint8Array(0);

/** Sig_structure. */
export function toBeSigned(
  protectedBytes: Uint8Array,
  alongside: Uint8Array,
  payload: Uint8Array,
): Uint8Array {
  const writer = new CborWriter();
  writer.array(4);
  writer.text('Signature1', 16);
  writer.byteString(protectedBytes);
  writer.byteString(alongside);
  writer.byteString(payload);
  return writer.take();
}
