/** Everything that is checked, in the order in which it is asked: what others stand on comes first. */
import type { Check } from './check.ts';
import { CLOCK } from './clock.ts';
import { DISK } from './disk.ts';
import { FEED } from './feed.ts';
import { JOURNAL } from './journal.ts';
import { LINK } from './link.ts';
import { LISTS } from './lists.ts';
import type { Patient } from './patient.ts';
import { PCSC } from './pcsc.ts';
import { PROGRAM } from './program.ts';
import { readerChecks } from './readers.ts';
import { serialChecks } from './serial.ts';
import { TARIFF } from './tariff.ts';

export function checksFor({ machine }: Patient): readonly Check[] {
  return [
    ...PROGRAM,
    ...PCSC,
    ...readerChecks(machine.doors),
    ...serialChecks(machine.serialPaths),
    ...DISK,
    ...JOURNAL,
    ...CLOCK,
    ...TARIFF,
    ...LISTS,
    ...FEED,
    ...LINK,
  ];
}
