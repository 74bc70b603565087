/**
 * When to send again after a failure, and how much: a fleet that lost its collector must not come back all at once
 * (exponential back-off with full jitter). A batch that is refused is halved until it passes, or until the one record
 * is found that is not taken.
 */
import type { FaultCode } from '../../core/error.ts';
import { MAX_BATCH_RECORDS } from '../../wire/batch.ts';

export const FIRST_WAIT_MS = 1_000;
export const LONGEST_WAIT_MS = 300_000;

/** So many records refused one by one, and nothing taken between them: then it may be no fault of the records. */
const REFUSED_IN_A_ROW = 8;

export interface RetryState {
  /** Failures since the last answer. */
  readonly failures: number;
  /** Records in the next batch, at most. A limit once met stays until the next start: it is somebody's setting. */
  readonly batchRecords: number;
  /** Single records refused since the last answer. */
  readonly refused: number;
}

export const FIRST_TRY: RetryState = { failures: 0, batchRecords: MAX_BATCH_RECORDS, refused: 0 };

/** What is taken beside a record that was refused says that it was the record, and no limit. */
export function afterAnswer(state: RetryState): RetryState {
  return state.refused > 0 ? FIRST_TRY : { ...state, failures: 0 };
}

/** Whether the collector will not have this batch; the link is there. */
export function isRefusal(code: FaultCode): boolean {
  return code === 'batch-too-large' || code === 'batch-refused';
}

/** `sent` is the number of records in the batch that failed. */
export function afterFailure(state: RetryState, code: FaultCode, sent: number): RetryState {
  if (!isRefusal(code)) return { ...state, failures: state.failures + 1 };
  if (sent > 1) return { ...state, failures: 0, batchRecords: Math.floor(sent / 2) };
  const refused = state.refused + 1;
  return { ...state, refused, failures: refused > REFUSED_IN_A_ROW ? state.failures + 1 : 0 };
}

/** Milliseconds until the next try; `draw` is random in [0, 1). */
export function waitMs({ failures }: RetryState, draw: number): number {
  if (failures === 0) return 0;
  return Math.floor(draw * Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (failures - 1)));
}
