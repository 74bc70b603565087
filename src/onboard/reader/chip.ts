/** A chip in the field of a reader: what can be said to it, for as long as its card is there. */
import { TuraError } from '../../core/error.ts';

export interface Chip {
  /**
   * Sends one command and gives its answer, status included; one at a time. Rejects with `TuraError`, and with nothing
   * else: card-torn-off, card-too-late, or reader-fault. A chip that has failed once fails from then on.
   */
  transmit(command: Uint8Array): Promise<Uint8Array>;
}

export function tornOff(readerId: string): TuraError {
  return new TuraError('card-torn-off', 'the card left before it was read', { where: readerId });
}

export function tooLate(readerId: string, withinMs: number): TuraError {
  const what = `the card did not answer within ${withinMs} ms`;
  return new TuraError('card-too-late', what, { where: readerId });
}
