/** What the collector takes and how long it waits. Node's own limits wait minutes and take anything. */
import { MAX_BATCH_BYTES, MAX_BATCH_RECORDS } from '../../wire/batch.ts';

export interface CollectorLimits {
  /** Of a request as it came, and after inflation. */
  readonly bodyBytes: number;
  readonly inflatedBytes: number;
  readonly batchRecords: number;
  /** Records, entries or gaps in one answer. */
  readonly pageLength: number;
  /** Until the headers, and until the whole request, are here. */
  readonly headersMs: number;
  readonly requestMs: number;
  /** A connection on which nothing moves is closed. */
  readonly idleMs: number;
  /** How often the first two are looked at. */
  readonly checkMs: number;
  /** Further ones are not accepted until one closes. */
  readonly connections: number;
}

export const COLLECTOR_LIMITS: CollectorLimits = {
  bodyBytes: MAX_BATCH_BYTES,
  inflatedBytes: MAX_BATCH_BYTES,
  batchRecords: MAX_BATCH_RECORDS,
  pageLength: 500,
  headersMs: 5_000,
  requestMs: 30_000,
  idleMs: 60_000,
  checkMs: 1_000,
  connections: 4_096,
};
