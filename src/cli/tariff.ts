/** `tura tariff check DIR`: every problem of a tariff folder in one run. */
import type { Command } from 'commander';
import { readTariff } from '../gtfs/tariff-folder.ts';
import { nodeCrypto } from '../wire/node-crypto.ts';
import { createOutput, warn } from './output.ts';

const EXAMPLE = '\nExample:\n  tura tariff check fixtures/tariffs/tyumen';

export function describe(command: Command): void {
  command.addHelpText('after', EXAMPLE);
  command
    .command('check')
    .description('find everything that is wrong with a tariff folder')
    .argument('<dir>', 'the folder with tariff.yaml and its Fares v2 tables')
    .option('--json', 'one JSON object on stdout')
    .addHelpText('after', EXAMPLE)
    .action((dir: string, options: { json?: boolean }) => {
      const output = createOutput(options.json === true);
      const { tariff, warnings } = readTariff(dir, nodeCrypto);
      warn(warnings);
      output.say(
        `${tariff.tariffId}, revision ${tariff.revision}: nothing wrong (${tariff.hash.slice(0, 12)})`,
      );
      output.emit({
        tariffId: tariff.tariffId,
        revision: tariff.revision,
        hash: tariff.hash,
        problems: warnings,
      });
    });
}
