/** `tura actions build | apply | verify | lookup`: what is to be done to cards in the field, once across the fleet. */
import type { Command } from 'commander';
import { buildCardActions } from '../backoffice/lists/card-actions.ts';
import { TuraError } from '../core/error.ts';
import { type CardAction, doneOf } from '../core/list/card-action.ts';
import { readSubject } from '../core/list/subject-text.ts';
import { formatAmount } from '../core/money.ts';
import { epoch } from '../core/time.ts';
import { readText } from '../disk/read-text.ts';
import { readTariff } from '../gtfs/tariff-folder.ts';
import { applyActions, openActions } from '../onboard/actions/actions.ts';
import { nodeCrypto } from '../wire/node-crypto.ts';
import {
  type BuildOptions,
  build,
  describeApply,
  describeBuild,
  describeVerify,
  KEY,
  keyRing,
  listText,
  tokeniserOf,
} from './bundle.ts';
import { createOutput } from './output.ts';
import { TYUMEN } from './shipped.ts';

interface LookUpOptions extends Pick<BuildOptions, 'key' | 'json'> {
  readonly db: string;
}

const PLAIN = 'a CSV file: fixtures/actions.csv shows one';

const BUILD = `
One row an action: action_id, card, nth, op (load, renew, set-category, block, unblock), amount, pass, category, from, to.
A card does its actions in the order of nth, from 1, whichever vehicles it meets, and each of them once.

Example:
  tura actions build fixtures/actions.csv --key fixtures/keys/token-key-test.yaml --out actions.cbor`;

export function describe(command: Command): void {
  describeBuild(command)
    .option('--tariff <dir>', 'whose purse, passes and categories it speaks of', TYUMEN)
    .addHelpText('after', BUILD)
    .action((plain: string, options: BuildOptions & { readonly tariff: string }) =>
      build('actions', options, (tokeniser, terms, base) => {
        const { tariff } = readTariff(options.tariff, nodeCrypto);
        const text = readText(plain, 'action list', PLAIN);
        return buildCardActions(text, plain, { tokeniser, tariff }, terms, base);
      }),
    );
  describeVerify(command, 'actions');
  describeApply(command, 'actions', 'action list', applyActions);
  command
    .command('lookup')
    .description('what is to be done to a card, done or not; exit 1 when there is nothing')
    .argument('<card>', "a transit application's serial, or 1:<token hex>")
    .requiredOption('--db <file>', 'an action list')
    .option(...KEY)
    .option('--json', 'NDJSON on stdout')
    .addHelpText(
      'after',
      '\nExample:\n  tura actions lookup 54554D4E00000001 --key fixtures/keys/token-key-test.yaml --db actions.db',
    )
    .action(lookup);
}

function lookup(card: string, options: LookUpOptions): void {
  const output = createOutput(options.json === true);
  const reading = readSubject('application', card, tokeniserOf(keyRing(options.key)));
  if (reading.kind === 'wrong')
    throw new TuraError('bad-input', reading.what, { expected: reading.expected });
  const list = openActions(options.db);
  try {
    const found = reading.subjects.flatMap(subject =>
      subject.kind === 'application' ? list.lookup({ ...subject, kind: 'application' }) : [],
    );
    for (const action of found) {
      output.say(`${action.nth}  ${action.actionId}  ${wordsOf(action)}`);
      output.emit(doneOf(action));
    }
    if (found.length > 0) return;
    output.say(`nothing is to be done to this card; ${listText(list, epoch(Date.now()))}`);
    process.exitCode = 1;
  } finally {
    list.close();
  }
}

function wordsOf(action: CardAction): string {
  switch (action.op) {
    case 'load':
      return `load ${formatAmount(action.amountMinor, action.currency)} ${action.currency}`;
    case 'renew':
      return `renew ${action.pass}`;
    case 'set-category':
      return `set-category ${action.category}`;
    case 'block':
    case 'unblock':
      return action.op;
    default:
      return action satisfies never;
  }
}
