/**
 * A process that writes taps until it is killed, or as many as it was told: writer.child.ts FOLDER [COUNT]. It says each
 * sequence once `append` has returned, on a line of its own and without a buffer between.
 */
import { writeSync } from 'node:fs';
import { openIn, riderOf, TAP } from './journals.ts';

const [folder = '', count = 'Infinity'] = process.argv.slice(2);
const journal = openIn(folder);
for (let written = 0; written < Number(count); written++) {
  const { sequence } = journal.next();
  // Every third tap changes no rider.
  const record = journal.append(TAP, sequence % 3 === 0 ? undefined : riderOf(sequence % 7, sequence));
  writeSync(1, `${record.sequence}\n`);
}
journal.close();
