/** `tura stoplist build | apply | verify | lookup`: blocked cards. */
import type { Command } from 'commander';
import { readBase } from '../backoffice/lists/build.ts';
import { buildStopList } from '../backoffice/lists/stop-list.ts';
import { termsFrom } from '../backoffice/lists/terms.ts';
import { writeBundle } from '../backoffice/lists/write-bundle.ts';
import { askAbout } from '../core/list/subject-text.ts';
import { REALMS, type Realm } from '../core/tap.ts';
import { epoch } from '../core/time.ts';
import { readText } from '../disk/read-text.ts';
import { applyStopList } from '../onboard/stoplist/apply.ts';
import { openStopList } from '../onboard/stoplist/stop-list.ts';
import { bundleFile } from '../wire/list/bundle-file.ts';
import { choice, count } from './arguments.ts';
import { describeApply, describeVerify, KEY, keyRing, tellBuilt, tokeniserOf } from './bundle.ts';
import { createOutput } from './output.ts';

interface Options {
  readonly out: string;
  readonly db: string;
  readonly version: number;
  readonly base?: string;
  readonly key?: readonly string[];
  readonly realm: Realm;
  readonly json?: boolean;
}

const PLAIN = 'a CSV file: fixtures/stoplist.csv shows one';

const EXAMPLES = `
Examples:
  tura stoplist build fixtures/stoplist.csv --key fixtures/keys/token-key-test.yaml --out list.cbor
  tura stoplist verify list.cbor
  tura stoplist apply list.cbor --db stop-list.db
  tura stoplist lookup uid:04B0515B10C4ED --key fixtures/keys/token-key-test.yaml --db stop-list.db`;

export function describe(command: Command): void {
  command.addHelpText('after', EXAMPLES);
  describeMaking(command);
  describeUse(command);
}

function describeMaking(command: Command): void {
  command
    .command('build')
    .description('make a bundle from a plain CSV file')
    .argument('<plain>', 'the list as people write it')
    .requiredOption('--out <bundle>', 'the bundle to write')
    .option('--version <n>', 'must rise with every bundle', count, 1)
    .option('--base <bundle>', 'write only what changed since this bundle')
    .option(...KEY)
    .option('--realm <realm>', 'where no key says it', choice(REALMS), 'test')
    .option('--json', 'one JSON object on stdout')
    .addHelpText(
      'after',
      '\nExample:\n  tura stoplist build fixtures/stoplist.csv --key fixtures/keys/token-key-test.yaml --out list.cbor',
    )
    .action(build);
  describeVerify(command, 'stoplist');
}

function describeUse(command: Command): void {
  describeApply(command, 'stoplist', 'stop list', applyStopList);
  command
    .command('lookup')
    .description('what the list says of a card; exit 1 when it is listed')
    .argument('<subject>', 'uid:04A1B2C3D4E5F6, uid:1:<token hex>, category:pupil')
    .requiredOption('--db <file>', 'a stop list')
    .option(...KEY)
    .option('--json', 'one JSON object on stdout')
    .addHelpText(
      'after',
      '\nExample:\n  tura stoplist lookup uid:04B0515B10C4ED --key fixtures/keys/token-key-test.yaml --db stop-list.db',
    )
    .action(lookup);
}

async function build(plain: string, options: Options): Promise<void> {
  const output = createOutput(options.json === true);
  const ring = keyRing(options.key);
  const base = options.base === undefined ? undefined : await readBase(bundleFile(options.base));
  const terms = termsFrom(epoch(Date.now()), {
    listId: 'stop-list',
    issuer: 'tura',
    realm: ring?.realm ?? options.realm,
    version: options.version,
  });
  const text = readText(plain, 'stop list', PLAIN);
  writeBundle(options.out, buildStopList(text, plain, tokeniserOf(ring), terms, base));
  await tellBuilt(options.out, output);
}

function lookup(subject: string, options: Options): void {
  const output = createOutput(options.json === true);
  const asked = askAbout(subject, tokeniserOf(keyRing(options.key)));
  const list = openStopList(options.db);
  try {
    const atMs = epoch(Date.now());
    const verdict = list.lookup(asked, atMs);
    const [version, freshness] = [list.version, list.freshness(atMs)];
    const said = verdict.kind === 'clear' ? 'clear' : `${verdict.effect} (${verdict.reason})`;
    output.say(`${said}; list ${version === undefined ? 'missing' : `version ${version}`}, ${freshness}`);
    output.emit({ verdict, version, freshness });
    if (verdict.kind === 'listed') process.exitCode = 1;
  } finally {
    list.close();
  }
}
