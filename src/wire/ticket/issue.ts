/** What an issuer and a rider's phone make of a ticket: the text of its code. */
import type { Ed25519 } from '../../core/crypto.ts';
import { TuraError } from '../../core/error.ts';
import type { Ticket } from '../../core/ticket/ticket.ts';
import type { EpochMs } from '../../core/time.ts';
import { CborReader } from '../cbor-reader.ts';
import { encode } from '../codec.ts';
import { Malformed } from '../malformed.ts';
import { codeOf, readCode } from './code.ts';
import { proofFields, ticketFields } from './fields.ts';
import { readSign1, sign1 } from './sign1.ts';

export interface SigningKey {
  readonly name: string;
  readonly secret: Uint8Array;
}

/** Throws `Malformed` for a ticket that no reader would take. */
export function issueTicket(ticket: Ticket, { name, secret }: SigningKey, ed25519: Ed25519): string {
  return codeOf(sign1(encode(ticketFields, ticket), { ed25519, secret, keyName: name }));
}

/**
 * The same ticket with its phone's proof that it is shown at `atMs`, a whole second; the last proof is replaced. Throws
 * bad-input for a code that is no ticket.
 */
export function proveTicket(code: string, secret: Uint8Array, atMs: EpochMs, ed25519: Ed25519): string {
  const staticPart = staticPartOf(code);
  const proof = sign1(encode(proofFields, { atMs }), { ed25519, secret, alongside: staticPart });
  const bytes = new Uint8Array(staticPart.length + proof.length);
  bytes.set(staticPart);
  bytes.set(proof, staticPart.length);
  return codeOf(bytes);
}

function staticPartOf(code: string): Uint8Array {
  const read = readCode(new TextEncoder().encode(code));
  const expected = 'the text of a ticket: tura ticket issue makes one';
  if (read.kind !== 'ticket') {
    throw new TuraError('bad-input', read.kind === 'none' ? read.why : read.what, { expected });
  }
  const reader = new CborReader(read.bytes);
  try {
    readSign1(reader);
  } catch (error) {
    if (error instanceof Malformed)
      throw new TuraError('bad-input', `a ticket with ${error.message}`, { expected });
    throw error;
  }
  return read.bytes.subarray(0, reader.offset);
}
