/** The numbers of a ticket's fields. A number is for ever; a field that restricts what came before needs a new schema. */
import type { HolderKey, Ticket } from '../../core/ticket/ticket.ts';
import { TICKET_SCHEMA } from '../../core/ticket/ticket.ts';
import { type EpochMs, epoch } from '../../core/time.ts';
import { type Codec, count, hex, integer, listOf, text } from '../codec.ts';
import { Malformed } from '../malformed.ts';
import { optional, required, struct, type Unknown } from '../struct.ts';

/** The last second of the year 9999. */
const LAST_SECOND = 253_402_300_799;

/** A moment in whole seconds: four bytes fewer than its milliseconds, in a picture that a tired scanner reads. */
const seconds: Codec<EpochMs> = {
  write: (writer, value) => integer.write(writer, within(value / 1000)),
  read: reader => epoch(within(integer.read(reader)) * 1000),
  check: (value, at) => epoch(within(integer.check(value, at)) * 1000),
};

function within(second: number): number {
  if (Number.isSafeInteger(second) && second >= 0 && second <= LAST_SECOND) return second;
  throw new Malformed(`${second} is no moment in whole seconds`);
}

const MAX_GOOD_FOR_S = 3600;

const holder = struct<HolderKey>({
  publicKey: required(1, hex(32)),
  goodForS: required(2, count),
});

const fields = struct<Ticket>({
  schema: required(1, count),
  serial: required(2, hex(12)),
  issuedAt: required(3, seconds),
  validFrom: required(4, seconds),
  validTo: required(5, seconds),
  pass: required(6, text),
  category: optional(7, text),
  zones: optional(8, listOf(text, 32)),
  holder: optional(9, holder),
});

export const ticketFields: Codec<Ticket & Unknown> = {
  write: (writer, value) => fields.write(writer, checked(value)),
  read: reader => checked(fields.read(reader)),
  check: (value, at) => checked(fields.check(value, at)),
};

function checked(ticket: Ticket & Unknown): Ticket & Unknown {
  const { schema, validFrom, validTo, holder: proven } = ticket;
  if (schema !== TICKET_SCHEMA)
    throw new Malformed(`a ticket of schema ${schema} where ${TICKET_SCHEMA} is read`);
  if (ticket.pass === '') throw new Malformed('a ticket without a pass');
  if (validFrom >= validTo) throw new Malformed('a ticket that is good at no moment');
  if (proven !== undefined && (proven.goodForS < 1 || proven.goodForS > MAX_GOOD_FOR_S)) {
    throw new Malformed(`a proof good for ${proven.goodForS} s where 1 to ${MAX_GOOD_FOR_S} may stand`);
  }
  return ticket;
}

/** The rolling part: when the phone proved itself. */
export interface Proof {
  readonly atMs: EpochMs;
}

export const proofFields = struct<Proof>({ atMs: required(1, seconds) });
