/** A process that writes taps until the disk is full, then makes room, reopens, and says as JSON what became of them. */
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { TuraError } from '../../../src/core/error.ts';
import type { Journal } from '../../../src/onboard/journal/journal.ts';
import { openIn, riderOf, soundRecords, TAP, tokenOf } from './journals.ts';

const [folder = ''] = process.argv.slice(2);
const ballast = join(folder, 'ballast');
writeFileSync(ballast, new Uint8Array(200_000));

let journal = openIn(folder);
let taken = 0;
const fault = untilFault(journal, () => {
  taken += 1;
});
const again = untilFault(journal, () => undefined).code;
const nextAfterFault = journal.next().sequence;
journal.close();

rmSync(ballast);
journal = openIn(folder);
const reopened = { records: soundRecords(journal).length, rider: journal.rider(tokenOf(1))?.lastRide?.ref };
const afterRoom = journal.append(TAP).sequence;
journal.close();
const { code, message } = fault;
process.stdout.write(JSON.stringify({ taken, code, message, again, nextAfterFault, reopened, afterRoom }));

function untilFault(full: Journal, onTaken: () => void): TuraError {
  for (;;) {
    try {
      full.append(TAP, riderOf(1, full.next().sequence));
      onTaken();
    } catch (error) {
      if (error instanceof TuraError) return error;
      throw error;
    }
  }
}
