/** Each reader of the vehicle among those that are plugged in. */
import { chooseReader, type PcscReader } from '../reader/pcsc/choose.ts';
import { type Check, type Finding, ok, wrong } from './check.ts';
import type { Machine } from './patient.ts';

/** The slot for a security module inside a combined reader: no rider can hold a card to it. */
const SAM = /\bSAM\b/i;

export function readerChecks(doors: readonly PcscReader[] | 'any'): readonly Check[] {
  const after = ['pcsc'];
  if (doors === 'any') return [{ name: 'reader', after, of: 'machine', ask: askAny }];
  return doors.map(door => ({
    name: `reader-${door.readerId}`,
    after,
    of: 'machine',
    ask: machine => askDoor(machine, door, doors),
  }));
}

async function askAny(machine: Machine): Promise<Finding> {
  const names = (await namesOf(machine)).filter(name => !SAM.test(name));
  if (names.length > 0) return ok(names.map(name => `'${name}'`).join(', '));
  return wrong('no reader is plugged in', 'plug the reader in, then: lsusb');
}

async function askDoor(machine: Machine, door: PcscReader, doors: readonly PcscReader[]): Promise<Finding> {
  const others = doors.filter(other => other !== door);
  const choice = chooseReader({ wanted: door, others, current: undefined }, await namesOf(machine));
  if (choice.kind === 'not-found') return wrong(choice.why, choice.mend);
  if (!SAM.test(choice.name)) return ok(`'${choice.name}'`);
  return wrong(
    `'${door.name}' fits '${choice.name}', which is no reader but a slot inside one`,
    "write under 'name' in the device file what stands in the contactless slot's name alone",
  );
}

async function namesOf(machine: Machine): Promise<readonly string[]> {
  const answer = await machine.readers();
  return answer.kind === 'readers' ? answer.names : [];
}
