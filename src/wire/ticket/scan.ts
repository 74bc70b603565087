/** From a scanned code to a ticket that somebody trusted has signed. Nothing of it is read before its signature holds. */
import type { Ed25519 } from '../../core/crypto.ts';
import { bytesOfHex } from '../../core/hex.ts';
import type { Scan, Ticket, TrustedKey } from '../../core/ticket/ticket.ts';
import type { EpochMs } from '../../core/time.ts';
import { CborReader } from '../cbor-reader.ts';
import type { Codec } from '../codec.ts';
import { Malformed } from '../malformed.ts';
import { readCode } from './code.ts';
import { proofFields, ticketFields } from './fields.ts';
import { isSignedBy, readSign1, type Sign1 } from './sign1.ts';

export type ScanCode = (code: Uint8Array) => Scan;

/** Never throws, whatever the code is. */
export function scanner(trusted: readonly TrustedKey[], ed25519: Ed25519): ScanCode {
  const keys = new Map(trusted.map(({ name, publicKey }) => [name, bytesOfHex(publicKey)]));
  return code => {
    const read = readCode(code);
    if (read.kind === 'none') return { kind: 'unreadable', why: read.why };
    if (read.kind === 'foreign') return { kind: 'refused', reason: 'medium-not-accepted', why: read.what };
    try {
      return judge(read.bytes, keys, ed25519);
    } catch (error) {
      if (error instanceof Malformed) return { kind: 'unreadable', why: `a ticket with ${error.message}` };
      throw error;
    }
  };
}

function judge(bytes: Uint8Array, keys: ReadonlyMap<string, Uint8Array>, ed25519: Ed25519): Scan {
  const reader = new CborReader(bytes);
  const signed = readSign1(reader);
  const staticPart = bytes.subarray(0, reader.offset);
  const proof = reader.done ? undefined : readSign1(reader);
  if (!reader.done) throw new Malformed('bytes after its rolling part', `byte ${reader.offset}`);
  const { keyName = 'without a name' } = signed;
  const key = keys.get(keyName);
  if (key === undefined) {
    return { kind: 'refused', reason: 'ticket-issuer-unknown', why: `signed by the key ${keyName}` };
  }
  if (!isSignedBy(signed, key, ed25519)) return forged('not signed by the key it names');
  const ticket = payloadOf(signed, ticketFields);
  if (proof === undefined) return { kind: 'genuine', ticket, issuerKey: keyName };
  const provenAt = momentOf(proof, ticket, staticPart, ed25519);
  if (provenAt === undefined) return forged('its rolling part is not signed by its phone');
  return { kind: 'genuine', ticket, issuerKey: keyName, provenAt };
}

/** The proof is over the ticket it is shown with: one that was made for another ticket proves nothing. */
function momentOf(
  proof: Sign1,
  { holder }: Ticket,
  alongside: Uint8Array,
  ed25519: Ed25519,
): EpochMs | undefined {
  if (holder === undefined || proof.keyName !== undefined) return undefined;
  if (!isSignedBy(proof, bytesOfHex(holder.publicKey), ed25519, alongside)) return undefined;
  return payloadOf(proof, proofFields).atMs;
}

function payloadOf<T>({ payload }: Sign1, codec: Codec<T>): T {
  const reader = new CborReader(payload);
  const value = codec.read(reader);
  if (!reader.done) throw new Malformed('bytes after its fields', `byte ${reader.offset}`);
  return value;
}

function forged(why: string): Scan {
  return { kind: 'refused', reason: 'ticket-not-genuine', why };
}
