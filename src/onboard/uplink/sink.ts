/** The port of everything a batch can be sent to. */
import type { Answer } from '../../wire/answer.ts';

export interface Sink {
  /**
   * Sends canonical records, at least one, and returns the answer: one result a record, in order.
   * Throws `TuraError` link-down, link-slow, link-refused or link-nonsense: nothing was acknowledged, though it may have
   * been kept, and the same records sent again are the same. Or batch-too-large or batch-refused: not as this batch.
   */
  send(records: readonly Uint8Array[]): Promise<Answer>;
  /** Gives up what is being sent, and refuses what is sent later, as link-down. */
  close(): Promise<void>;
}
