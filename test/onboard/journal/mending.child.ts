/**
 * A process that writes as many taps as it was told on a disk that fails now and then: mending.child.ts FOLDER COUNT. It
 * says each sequence once `append` has returned, each fault by its code, and how often it had to open the journal anew.
 */
import { writeSync } from 'node:fs';
import { join } from 'node:path';
import { TuraError } from '../../../src/core/error.ts';
import { openMendable } from '../../../src/onboard/journal/mendable.ts';
import { FILE, OPTIONS, riderOf, TAP } from './journals.ts';

const [folder = '', count = '0'] = process.argv.slice(2);
const journal = openMendable(join(folder, FILE), OPTIONS);
for (let written = 0; written < Number(count); ) {
  try {
    const { sequence } = journal.append(TAP, riderOf(1, journal.next().sequence));
    writeSync(1, `${sequence}\n`);
    written += 1;
  } catch (error) {
    say(error);
    mend();
  }
}
journal.close();

/** Without the waits: how long they are is another's to prove. */
function mend(): void {
  for (let tries = 1; ; tries++) {
    try {
      const lost = journal.reopen();
      if (lost !== undefined) say(lost);
      writeSync(1, `mended ${tries}\n`);
      return;
    } catch (error) {
      say(error);
    }
  }
}

function say(error: unknown): void {
  if (!(error instanceof TuraError)) throw error;
  writeSync(1, `fault ${error.code} ${error.message}\n`);
}
