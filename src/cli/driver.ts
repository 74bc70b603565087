/** `tura driver enrol`: an entry of the drivers file. */
import type { Command } from 'commander';
import { TuraError } from '../core/error.ts';
import { driverOf } from '../onboard/driver/pin.ts';
import { readKeyFiles } from '../onboard/key-files.ts';
import { nodeCrypto } from '../wire/node-crypto.ts';
import { createOutput } from './output.ts';
import { readStandardInput } from './standard-input.ts';

interface Options {
  readonly key: string;
  readonly json?: boolean;
}

export function describe(command: Command): void {
  command
    .command('enrol')
    .description('an entry of the drivers file; the PIN is read from standard input, and stands nowhere')
    .argument('<number>', "the driver's number")
    .requiredOption('--key <file>', "the operator's token key that the vehicles have")
    .option('--json', 'one JSON object on stdout')
    .addHelpText(
      'after',
      `
Example:
  read -s PIN; echo "$PIN" | tura driver enrol 4711 --key fixtures/keys/token-key-test.yaml >> drivers.yaml`,
    )
    .action(enrol);
}

async function enrol(number: string, options: Options): Promise<void> {
  const output = createOutput(options.json === true);
  if (!/^\S{1,32}$/.test(number))
    throw new TuraError('bad-usage', `a number '${number}'`, { expected: '4711' });
  const [key] = readKeyFiles([options.key]).keys;
  const driver = driverOf(number, soundPin(await readStandardInput()), key, nodeCrypto);
  output.say(`  - { driverId: '${driver.driverId}', keyId: ${driver.keyId}, pin: '${driver.pin}' }`);
  output.emit(driver);
}

function soundPin(typed: string): string {
  const pin = typed.trim();
  if (/^\d{4,12}$/.test(pin)) return pin;
  throw new TuraError('bad-input', 'stdin: no PIN', { where: 'stdin', expected: '4 to 12 digits' });
}
