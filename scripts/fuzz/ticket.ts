/** What a scanner may be shown: any code, tickets that are nearly right among them. None of it is ever genuine. */
import { deflateSync } from 'node:zlib';
import * as fc from 'fast-check';
import { hexOfBytes } from '../../src/core/hex.ts';
import { epoch } from '../../src/core/time.ts';
import { CborReader } from '../../src/wire/cbor-reader.ts';
import { encode } from '../../src/wire/codec.ts';
import { Malformed } from '../../src/wire/malformed.ts';
import { nodeEd25519 } from '../../src/wire/node-ed25519.ts';
import { readCode } from '../../src/wire/ticket/code.ts';
import { ticketFields } from '../../src/wire/ticket/fields.ts';
import { issueTicket } from '../../src/wire/ticket/issue.ts';
import { scanner } from '../../src/wire/ticket/scan.ts';
import { readSign1 } from '../../src/wire/ticket/sign1.ts';
import type { Target } from './target.ts';

const KEY = { name: 'tmn/1', secret: new Uint8Array(32).fill(1) };
const TICKET = {
  schema: 1,
  serial: '0102030405060708090a0b0c',
  issuedAt: epoch(1_772_416_800_000),
  validFrom: epoch(1_772_416_800_000),
  validTo: epoch(1_772_424_000_000),
  pass: 'qr-ride',
};

/** A real one, uncompressed. */
const WHOLE = insideOf(issueTicket(TICKET, KEY, nodeEd25519));

function insideOf(code: string): Uint8Array {
  const read = readCode(new TextEncoder().encode(code));
  if (read.kind !== 'ticket') throw new Error('a ticket that was issued is a ticket');
  return read.bytes;
}

/** `bytes` with some of them written over, and some cut off. */
function spoiled(bytes: Uint8Array): fc.Arbitrary<Uint8Array> {
  const blow = fc.tuple(fc.nat({ max: bytes.length - 1 }), fc.integer({ min: 1, max: 255 }));
  return fc
    .tuple(fc.array(blow, { minLength: 1, maxLength: 4 }), fc.nat({ max: bytes.length }))
    .map(([blows, length]) => {
      const spoilt = bytes.slice(0, Math.max(1, length));
      for (const [at, by] of blows) if (at < spoilt.length) spoilt[at] = (spoilt[at] ?? 0) ^ by;
      return spoilt;
    })
    .filter(spoilt => Buffer.compare(spoilt, bytes) !== 0);
}

/** Any code: as text, as bytes, packed, and a ticket with bytes written over. */
const ticket: Target = () => {
  const key = { name: KEY.name, publicKey: hexOfBytes(nodeEd25519.publicKeyOf(KEY.secret)) };
  const scan = scanner([key], nodeEd25519);
  const text = fc
    .tuple(fc.constantFrom('', 'TURA1:', '#UT01'), fc.string({ maxLength: 60 }))
    .map(([head, rest]) => Buffer.from(head + rest));
  const code = fc.oneof(
    fc.uint8Array({ maxLength: 200 }),
    text,
    fc
      .oneof(spoiled(WHOLE), fc.uint8Array({ maxLength: 200 }))
      .map(bytes => deflateSync(bytes, { level: 1 })),
  );
  return fc.property(code, bytes => {
    if (scan(bytes).kind === 'genuine') throw new Error('a ticket that nobody issued is genuine');
  });
};

/** A message is read or refused; what is read has a signature of 64 bytes. */
const cose: Target = () =>
  fc.property(fc.oneof(fc.uint8Array({ maxLength: 200 }), spoiled(WHOLE)), bytes => {
    refusing(() => {
      if (readSign1(new CborReader(bytes)).signature.length !== 64) throw new Error('no signature');
    });
  });

/** A payload is read or refused; what is read is written as the same bytes. */
const payload: Target = () => {
  const written = encode(ticketFields, TICKET);
  return fc.property(fc.oneof(fc.uint8Array({ maxLength: 120 }), spoiled(written)), bytes => {
    refusing(() => {
      const reader = new CborReader(bytes);
      const read = ticketFields.read(reader);
      const again = Buffer.from(encode(ticketFields, read));
      if (!again.equals(bytes.subarray(0, reader.offset))) throw new Error('read and written as other bytes');
    });
  });
};

function refusing(read: () => void): void {
  try {
    read();
  } catch (error) {
    if (!(error instanceof Malformed)) throw error;
  }
}

export const TICKET_TARGETS: Readonly<Record<string, Target>> = { ticket, cose, payload };
