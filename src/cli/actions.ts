/** `tura actions build | apply | verify | lookup`: what is to be done to cards in the field, once across the fleet. */
import type { Command } from 'commander';
import { readBase } from '../backoffice/lists/build.ts';
import { buildCardActions } from '../backoffice/lists/card-actions.ts';
import { termsFrom } from '../backoffice/lists/terms.ts';
import { writeBundle } from '../backoffice/lists/write-bundle.ts';
import { TuraError } from '../core/error.ts';
import { type CardAction, doneOf } from '../core/list/card-action.ts';
import { readSubject } from '../core/list/subject-text.ts';
import { formatAmount } from '../core/money.ts';
import { REALMS, type Realm } from '../core/tap.ts';
import { epoch } from '../core/time.ts';
import { readText } from '../disk/read-text.ts';
import { readTariff } from '../gtfs/tariff-folder.ts';
import { applyActions, openActions } from '../onboard/actions/actions.ts';
import { bundleFile } from '../wire/list/bundle-file.ts';
import { nodeCrypto } from '../wire/node-crypto.ts';
import { choice, count } from './arguments.ts';
import { describeApply, describeVerify, KEY, keyRing, tellBuilt, tokeniserOf } from './bundle.ts';
import { createOutput } from './output.ts';
import { TYUMEN } from './shipped.ts';

interface Options {
  readonly out: string;
  readonly db: string;
  readonly version: number;
  readonly base?: string;
  readonly key?: readonly string[];
  readonly realm: Realm;
  readonly tariff: string;
  readonly json?: boolean;
}

const BUILD = `
One row an action: action_id, card, nth, op (load, renew, set-category, block, unblock), amount, pass, category, from, to.
A card does its actions in the order of nth, from 1, whichever vehicles it meets, and each of them once.

Example:
  tura actions build fixtures/actions.csv --key fixtures/keys/token-key-test.yaml --out actions.cbor`;

export function describe(command: Command): void {
  command
    .command('build')
    .description('make a bundle from a plain CSV file')
    .argument('<plain>', 'the list as people write it')
    .requiredOption('--out <bundle>', 'the bundle to write')
    .option('--tariff <dir>', 'whose purse, passes and categories it speaks of', TYUMEN)
    .option('--version <n>', 'must rise with every bundle', count, 1)
    .option('--base <bundle>', 'write only what changed since this bundle')
    .option(...KEY)
    .option('--realm <realm>', 'where no key says it', choice(REALMS), 'test')
    .option('--json', 'one JSON object on stdout')
    .addHelpText('after', BUILD)
    .action(build);
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

async function build(plain: string, options: Options): Promise<void> {
  const output = createOutput(options.json === true);
  const ring = keyRing(options.key);
  const { tariff } = readTariff(options.tariff, nodeCrypto);
  const base = options.base === undefined ? undefined : await readBase(bundleFile(options.base));
  const terms = termsFrom(epoch(Date.now()), {
    ...{ listId: 'actions', issuer: 'tura' },
    ...{ realm: ring?.realm ?? options.realm, version: options.version },
  });
  const text = readText(plain, 'action list', 'a CSV file: fixtures/actions.csv shows one');
  const context = { tokeniser: tokeniserOf(ring), tariff };
  writeBundle(options.out, buildCardActions(text, plain, context, terms, base));
  await tellBuilt(options.out, output);
}

function lookup(card: string, options: Options): void {
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
    output.say('nothing is to be done to this card');
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
