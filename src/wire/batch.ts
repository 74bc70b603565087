/**
 * A batch on its way to the collector: a CBOR sequence (RFC 8742) of canonical records, or NDJSON with the same names.
 * Items are cut apart before any is judged, so that one bad record is quarantined and its neighbours are not.
 */
import { CborReader, isOneItem } from './cbor-reader.ts';
import { CborWriter } from './cbor-writer.ts';
import { Malformed } from './malformed.ts';
import { MAX_RECORD_BYTES } from './record/record.ts';

export const CBOR_SEQUENCE = 'application/cbor-seq';
export const NDJSON = 'application/x-ndjson';

/** Where records are sent: `POST <collector>/v1/records`. */
export const RECORDS_PATH = '/v1/records';

/** Where a collector says whether it takes records: `GET <collector>/healthz`, 200 with its realm. */
export const HEALTH_PATH = '/healthz';

export const MAX_BATCH_RECORDS = 500;
/** After inflation: 500 records of 300-400 bytes and room to spare. */
export const MAX_BATCH_BYTES = 4_194_304;

export interface Cut<Item> {
  readonly items: readonly Item[];
  /** What could not be cut into items: it is kept whole, with the place where sense ended. */
  readonly rest?: { readonly bytes: Uint8Array; readonly why: string };
}

export function joinRecords(records: readonly Uint8Array[]): Uint8Array {
  const batch = new CborWriter();
  for (const record of records) {
    // Bytes that are no item any more (a disk's fault) would shift every record after them: they go as a byte
    // string, one item, which the collector quarantines alone.
    if (isOneItem(record)) batch.raw(record);
    else batch.byteString(record);
  }
  return batch.take();
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

/** The lines of an NDJSON body as bytes, empty ones left out: a line that is not UTF-8 spoils no other. */
export function cutLines(bytes: Uint8Array): Cut<Uint8Array> {
  const items: Uint8Array[] = [];
  for (let start = 0; start < bytes.length; ) {
    const newline = bytes.indexOf(NEWLINE, start);
    const end = newline === -1 ? bytes.length : newline;
    const line = bytes.subarray(start, end);
    if (line.some(byte => !BLANKS.has(byte))) items.push(line);
    start = end + 1;
  }
  return { items };
}

const NEWLINE = 0x0a;
const BLANKS: ReadonlySet<number> = new Set([0x20, 0x09, 0x0d]);

/** A line may be some times longer than the record's bytes; beyond this it is not read. */
export const MAX_LINE_BYTES = MAX_RECORD_BYTES * 4;
