/** A journal record as canonical bytes and as a line of NDJSON, and back. */
import { whyOf } from '../../core/error.ts';
import type { JournalRecord } from '../../core/record.ts';
import { CborReader } from '../cbor-reader.ts';
import { encode } from '../codec.ts';
import { Malformed } from '../malformed.ts';
import type { Unknown } from '../struct.ts';
import { journalRecord } from './fields.ts';

/** A record that travelled may carry fields that this version does not know. */
export type WireRecord = JournalRecord & Unknown;

/** No record is larger; what claims to be is refused before it is read. */
export const MAX_RECORD_BYTES = 16_384;

/** Throws `Malformed` for a record that no reader would take: such a tap must fail before it is kept, not after. */
export function recordBytes(record: WireRecord): Uint8Array {
  return withinLimit(encode(journalRecord, record));
}

/** Throws `Malformed` for anything but exactly one canonical record. */
export function readRecord(bytes: Uint8Array): WireRecord {
  const reader = new CborReader(withinLimit(bytes));
  const record = journalRecord.read(reader);
  if (!reader.done) throw new Malformed('bytes after the record', `byte ${reader.offset}`);
  return record;
}

/** For whoever looks back through a journal: a record that a disk spoilt says nothing, and the back office is told of it. */
export function readableRecord(bytes: Uint8Array): WireRecord | undefined {
  try {
    return readRecord(bytes);
  } catch (error) {
    if (error instanceof Malformed) return undefined;
    throw error;
  }
}

function withinLimit(bytes: Uint8Array): Uint8Array {
  if (bytes.length <= MAX_RECORD_BYTES) return bytes;
  throw new Malformed(`a record of ${bytes.length} bytes where at most ${MAX_RECORD_BYTES} may stand`);
}

/** One line, without its newline. Names are those of the TypeScript type. */
export function recordLine(record: WireRecord): string {
  return JSON.stringify(record);
}

export function parseRecordLine(line: string): WireRecord {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch (error) {
    throw new Malformed(`not JSON: ${whyOf(error)}`);
  }
  return journalRecord.check(value, 'record');
}
