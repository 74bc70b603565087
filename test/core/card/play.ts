/** Plays a dialogue against whatever answers, at once and without a reader. */
import { commandBytes, readResponse } from '../../../src/core/card/apdu.ts';
import type { Dialogue } from '../../../src/core/card/dialogue.ts';
import type { Terminal } from '../../../src/core/card/terminal.ts';
import { bytesOfHex, hexOfBytes } from '../../../src/core/hex.ts';
import type { ServiceDate } from '../../../src/core/time.ts';

/** What a chip answers to a command; both in bytes. */
type Answers = (command: Uint8Array) => Uint8Array;

export function play<Result>(dialogue: Dialogue<Result>, answers: Answers): Result {
  let step = dialogue.next();
  while (!step.done) {
    const response = readResponse(answers(commandBytes(step.value)));
    if (response === undefined) throw new Error('the chip gave no answer');
    step = dialogue.next(response);
  }
  return step.value;
}

/** A chip that answers so, one after another, in hex with the status; what it was asked is kept in hex. */
export function scripted(...answers: readonly string[]): Answers & { readonly asked: string[] } {
  const asked: string[] = [];
  const left = [...answers];
  const chip = (command: Uint8Array) => {
    asked.push(hexOfBytes(command));
    const next = left.shift();
    if (next === undefined) throw new Error(`nothing is left to answer ${asked.at(-1)}`);
    return bytesOfHex(next);
  };
  return Object.assign(chip, { asked });
}

export const TERMINAL: Terminal = {
  unpredictable: Uint8Array.of(0xde, 0xad, 0xbe, 0xef),
  date: 20260302 as ServiceDate,
};
