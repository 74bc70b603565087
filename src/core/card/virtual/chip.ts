/**
 * A virtual card's chip: a state machine that answers every command byte for byte as a card does. What is selected and
 * what was asked of it are all it remembers; taken out of the field it forgets both.
 */
import { hexOfBytes } from '../../hex.ts';
import { type Command, type Response, readCommand, responseBytes, SW } from '../apdu.ts';
import { NUMBERED, type NumberedApplication } from '../numbered.ts';
import { refused, type VirtualApplication } from './application.ts';
import { type BankApplication, bankApplications } from './bank.ts';
import { directoryOf } from './directory.ts';
import { numberedApplication } from './numbered.ts';
import { type TransitApplication, transitApplication } from './transit.ts';

/** What stands on it; a chip with nothing on it has no directory either. */
export interface ChipContents {
  readonly bank?: BankApplication | undefined;
  readonly transit?: TransitApplication | undefined;
  readonly policy?: NumberedApplication | undefined;
  readonly loyalty?: NumberedApplication | undefined;
  readonly services?: NumberedApplication | undefined;
}

export type VirtualChip = (command: Uint8Array) => Uint8Array;

const SELECT = 0xa4;
const BY_NAME = 0x04;

export function virtualChip({ bank, transit, ...others }: ChipContents): VirtualChip {
  const payments = bank === undefined ? [] : bankApplications(bank);
  const applications: readonly VirtualApplication[] = [
    ...(transit === undefined ? [] : [transitApplication(transit)]),
    ...NUMBERED.flatMap(name => {
      const application = others[name];
      return application === undefined ? [] : [numberedApplication(name, application)];
    }),
    ...(payments.length === 0 ? [] : [directoryOf(payments), ...payments]),
  ];
  let answer: (command: Command) => Response = () => refused(SW.noInstruction);

  function select({ p1, data }: Command): Response {
    if (p1 !== BY_NAME) return refused(SW.wrongParameters);
    const aid = hexOfBytes(data ?? new Uint8Array(0));
    const application = applications.find(candidate => candidate.aid === aid);
    if (application === undefined) return refused(SW.notFound);
    const selected = application.select();
    answer = selected.answer;
    return { status: selected.status ?? SW.done, data: selected.information };
  }

  return bytes => {
    const reading = readCommand(bytes);
    if (reading.kind === 'malformed') return responseBytes(refused(SW.wrongLength));
    const { command } = reading;
    if (command.cla !== 0x00 && command.cla !== 0x80) return responseBytes(refused(SW.noClass));
    return responseBytes(command.ins === SELECT ? select(command) : answer(command));
  };
}
