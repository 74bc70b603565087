/** The port of everything a batch can be sent to. */
import type { Answer } from '../../wire/answer.ts';

export interface Sink {
  /**
   * Sends canonical records and returns the answer, one result a record.
   * Throws `TuraError` link-down, link-slow, link-refused or link-nonsense, all retryable: nothing was acknowledged.
   */
  send(records: readonly Uint8Array[]): Promise<Answer>;
  close(): Promise<void>;
}
