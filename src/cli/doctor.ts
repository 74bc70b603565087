/** `tura doctor`: what of this machine and vehicle works, and the line that mends what does not. */
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { type Device, readDevice } from '../onboard/device.ts';
import { countText } from '../onboard/doctor/amounts.ts';
import type { FindingState } from '../onboard/doctor/check.ts';
import { checksFor } from '../onboard/doctor/checks.ts';
import { type Examined, examine } from '../onboard/doctor/examine.ts';
import { nodeSystem } from '../onboard/doctor/node/system.ts';
import { patientOf } from '../onboard/doctor/patient.ts';
import { systemTimers } from '../onboard/timers.ts';
import { nodeCrypto } from '../wire/node-crypto.ts';
import { address, folder } from './arguments.ts';
import { colour } from './colour.ts';
import { createOutput, type Output } from './output.ts';
import { defaultStateFolder } from './state-folder.ts';

interface Options {
  readonly state: string;
  readonly collector?: string;
  readonly serial: readonly string[];
  readonly json?: boolean;
}

export function describe(command: Command): void {
  command
    .argument('[device]', 'the vehicle: a device file; without one, the machine alone')
    .option('--state <dir>', 'where state lives', folder, defaultStateFolder())
    .option('--collector <url>', 'where taps go, instead of where the device file says', address)
    .option(
      '--serial <path>',
      'a serial line to look at; may be given again',
      (path, before: string[]) => [...before, path],
      [],
    )
    .option('--json', 'NDJSON on stdout: a line a check, then a summary')
    .addHelpText(
      'after',
      `
Exit code 0: all right, warnings included; 1: something is wrong; 2: bad usage or bad input.

Examples:
  tura doctor
  tura doctor devices/rpi-acr122u.yaml
  tura doctor --serial /dev/ttyUSB0
  sudo -u tura tura doctor /etc/tura/vehicle.yaml --state /var/lib/tura --json   the service of a Raspberry Pi`,
    )
    .action(doctor);
}

async function doctor(file: string | undefined, options: Options): Promise<void> {
  const output = createOutput(options.json === true);
  const device = file === undefined ? undefined : asAsked(readDevice(resolve(file)), options);
  const patient = patientOf({
    ...{ system: nodeSystem, crypto: nodeCrypto, device },
    stateFolder: resolve(options.state),
    serialPaths: [...options.serial, ...(device?.serial ?? []).map(({ path }) => path)],
  });
  const checks = checksFor(patient);
  const width = Math.max(...checks.map(({ name }) => name.length));
  const counts: Record<FindingState, number> = { ok: 0, warning: 0, wrong: 0, 'not asked': 0 };
  for await (const examined of examine(checks, patient, systemTimers)) {
    counts[examined.state]++;
    for (const line of linesOf(examined, width)) output.say(line);
    output.emit(examined);
  }
  sum(output, counts);
}

function asAsked(device: Device, { collector }: Options): Device {
  return collector === undefined ? device : { ...device, collector };
}

const COLOURS: Readonly<Record<FindingState, (text: string) => string>> = {
  ok: colour.green,
  'not asked': colour.dim,
  warning: colour.yellow,
  wrong: colour.red,
};

const STATE_WIDTH = 'not asked'.length;

/** What was found on one line, and the line that mends it below. */
function linesOf(examined: Examined, width: number): readonly string[] {
  const { check, state, found } = examined;
  const line = `${check.padEnd(width)}  ${COLOURS[state](state.padEnd(STATE_WIDTH))}  ${found}`;
  if (!('mend' in examined)) return [line];
  return [line, `${' '.repeat(width + STATE_WIDTH + 4)}${colour.bold(examined.mend)}`];
}

function sum(output: Output, counts: Readonly<Record<FindingState, number>>): void {
  const { ok, warning, wrong, 'not asked': notAsked } = counts;
  output.say(
    `\n${ok} ok, ${countText(warning, 'warning', 'warnings')}, ${wrong} wrong, ${notAsked} not asked`,
  );
  output.emit({ ok, warning, wrong, notAsked });
  if (wrong > 0) process.exitCode = 1;
}
