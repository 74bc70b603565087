/** Tickets for tests, and the two keys that make them. */
import { bytesOfHex, hexOfBytes } from '../../../src/core/hex.ts';
import type { Ticket } from '../../../src/core/ticket/ticket.ts';
import { epoch, parseInstant } from '../../../src/core/time.ts';
import { nodeEd25519 } from '../../../src/wire/node-ed25519.ts';
import { issueTicket, proveTicket, type SigningKey } from '../../../src/wire/ticket/issue.ts';
import { scanner } from '../../../src/wire/ticket/scan.ts';

export const moment = (text: string) => epoch(parseInstant(`2026-03-02T${text}+05:00`) ?? 0);

export const ISSUER: SigningKey = { name: 'tmn/1', secret: new Uint8Array(32).fill(1) };
export const STRANGER: SigningKey = { name: 'tmn/9', secret: new Uint8Array(32).fill(9) };
export const PHONE = new Uint8Array(32).fill(2);

const publicOf = (secret: Uint8Array) => hexOfBytes(nodeEd25519.publicKeyOf(secret));

export const PLAIN: Ticket = {
  schema: 1,
  serial: '0102030405060708090a0b0c',
  issuedAt: moment('07:00:00'),
  validFrom: moment('07:00:00'),
  validTo: moment('09:00:00'),
  pass: 'qr-ride',
};

/** Every field there is. */
export const WHOLE: Ticket = {
  ...PLAIN,
  category: 'pupil',
  zones: ['a', 'b'],
  holder: { publicKey: publicOf(PHONE), goodForS: 20 },
};

export const issued = (ticket: Ticket, key = ISSUER) => issueTicket(ticket, key, nodeEd25519);

export const proven = (code: string, atMs = moment('07:30:00'), phone: Uint8Array = PHONE) =>
  proveTicket(code, phone, atMs, nodeEd25519);

const scanBytes = scanner([{ name: ISSUER.name, publicKey: publicOf(ISSUER.secret) }], nodeEd25519);

export const scanned = (code: string | Uint8Array) =>
  scanBytes(typeof code === 'string' ? new TextEncoder().encode(code) : code);

export const hex = bytesOfHex;
