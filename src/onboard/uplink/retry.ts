/**
 * When to send again after a failure, and how much: a fleet that lost its collector must not come back all at once
 * (exponential back-off with full jitter), and a batch that is too large is halved until it passes.
 */
import type { FaultCode } from '../../core/error.ts';
import { MAX_BATCH_RECORDS } from '../../wire/batch.ts';

export const FIRST_WAIT_MS = 1_000;
export const LONGEST_WAIT_MS = 300_000;

export interface RetryState {
  /** Failures since the last answer. */
  readonly failures: number;
  /** Records in the next batch, at most. A limit once met stays until the next start: it is somebody's setting. */
  readonly batchRecords: number;
}

export const FIRST_TRY: RetryState = { failures: 0, batchRecords: MAX_BATCH_RECORDS };

export function afterAnswer(state: RetryState): RetryState {
  return { ...state, failures: 0 };
}

/** `sent` is the number of records in the batch that failed. */
export function afterFailure(state: RetryState, code: FaultCode, sent: number): RetryState {
  // Less can be tried at once, since the link is there; a single record that is too large must wait for a person.
  if (code === 'batch-too-large' && sent > 1) return { failures: 0, batchRecords: Math.floor(sent / 2) };
  return { ...state, failures: state.failures + 1 };
}

/** Milliseconds until the next try; `draw` is random in [0, 1). */
export function waitMs({ failures }: RetryState, draw: number): number {
  if (failures === 0) return 0;
  return Math.floor(draw * Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (failures - 1)));
}
