/** Carries a dialogue to a chip and back, command by command, within one deadline for all of it. */
import { commandBytes, readResponse } from '../../core/card/apdu.ts';
import type { Dialogue } from '../../core/card/dialogue.ts';
import { TuraError } from '../../core/error.ts';
import type { Timers } from '../timers.ts';
import type { Chip } from './chip.ts';

export interface Patience {
  readonly timers: Timers;
  /** For the whole dialogue; each command has its reader's own deadline besides. */
  readonly deadlineMs: number;
}

/** What the dialogue came to. Rejects with `TuraError`: what the chip rejects with, or card-too-late. */
export async function converse<Result>(
  chip: Chip,
  dialogue: Dialogue<Result>,
  { timers, deadlineMs }: Patience,
): Promise<Result> {
  let cancel: () => void = () => undefined;
  const late = new Promise<never>((_, reject) => {
    const what = `the card did not say everything within ${deadlineMs} ms`;
    cancel = timers.after(deadlineMs, () => reject(new TuraError('card-too-late', what)));
  });
  try {
    let step = dialogue.next();
    while (!step.done) {
      const bytes = await Promise.race([chip.transmit(commandBytes(step.value)), late]);
      const response = readResponse(bytes);
      if (response === undefined) {
        throw new TuraError('reader-fault', `the card answered ${bytes.length} bytes`, {
          expected: '2-258 bytes',
        });
      }
      step = dialogue.next(response);
    }
    return step.value;
  } finally {
    cancel();
  }
}
