/**
 * A batch on its way to the collector: a CBOR sequence (RFC 8742) of canonical records, or NDJSON with the same names.
 * Items are cut apart before any is judged, so that one bad record is quarantined and its neighbours are not.
 */
import { CborReader } from './cbor.ts';
import { Malformed } from './malformed.ts';
import { MAX_RECORD_BYTES } from './record/record.ts';

export const CBOR_SEQUENCE = 'application/cbor-seq';
export const NDJSON = 'application/x-ndjson';

/** Where records are sent: `POST <collector>/v1/records`. */
export const RECORDS_PATH = '/v1/records';

export const MAX_BATCH_RECORDS = 500;
/** After inflation: 500 records of 300-400 bytes and room to spare. */
export const MAX_BATCH_BYTES = 4_194_304;

export interface Cut<Item> {
  readonly items: readonly Item[];
  /** What could not be cut into items: it is kept whole, with the place where sense ended. */
  readonly rest?: { readonly bytes: Uint8Array; readonly why: string };
}

export function joinRecords(records: readonly Uint8Array[]): Uint8Array {
  let length = 0;
  for (const record of records) length += record.length;
  const batch = new Uint8Array(length);
  let at = 0;
  for (const record of records) {
    batch.set(record, at);
    at += record.length;
  }
  return batch;
}

/** The items of a CBOR sequence. Where the bytes stop being CBOR, the rest is one piece that no item can be read from. */
export function cutSequence(bytes: Uint8Array): Cut<Uint8Array> {
  const reader = new CborReader(bytes);
  const items: Uint8Array[] = [];
  while (!reader.done) {
    const start = reader.offset;
    try {
      items.push(reader.raw());
    } catch (error) {
      if (!(error instanceof Malformed)) throw error;
      return { items, rest: { bytes: bytes.subarray(start), why: error.message } };
    }
  }
  return { items };
}

/** The lines of an NDJSON body, empty ones left out. A line longer than any record is refused by whoever reads it. */
export function cutLines(body: string): Cut<string> {
  return { items: body.split('\n').filter(line => line.trim() !== '') };
}

/** A line may be some times longer than the record's bytes; beyond this it is not read. */
export const MAX_LINE_LENGTH = MAX_RECORD_BYTES * 4;
