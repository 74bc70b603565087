/** `tura stoplist build | apply | verify | lookup`: blocked cards. */
import type { Command } from 'commander';
import { buildStopList } from '../backoffice/lists/stop-list.ts';
import { askAbout } from '../core/list/subject-text.ts';
import { epoch } from '../core/time.ts';
import { readText } from '../disk/read-text.ts';
import { applyStopList } from '../onboard/stoplist/apply.ts';
import { openStopList } from '../onboard/stoplist/stop-list.ts';
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

interface LookUpOptions extends Pick<BuildOptions, 'key' | 'json'> {
  readonly db: string;
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
  describeBuild(command)
    .addHelpText(
      'after',
      '\nExample:\n  tura stoplist build fixtures/stoplist.csv --key fixtures/keys/token-key-test.yaml --out list.cbor',
    )
    .action((plain: string, options: BuildOptions) =>
      build('stop-list', options, (tokeniser, terms, base) =>
        buildStopList(readText(plain, 'stop list', PLAIN), plain, tokeniser, terms, base),
      ),
    );
  describeVerify(command, 'stoplist');
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

function lookup(subject: string, options: LookUpOptions): void {
  const output = createOutput(options.json === true);
  const asked = askAbout(subject, tokeniserOf(keyRing(options.key)));
  const list = openStopList(options.db);
  try {
    const atMs = epoch(Date.now());
    const verdict = list.lookup(asked, atMs);
    const [version, freshness] = [list.version, list.freshness(atMs)];
    const said = verdict.kind === 'clear' ? 'clear' : `${verdict.effect} (${verdict.reason})`;
    output.say(`${said}; ${listText(list, atMs)}`);
    output.emit({ verdict, version, freshness });
    if (verdict.kind === 'listed') process.exitCode = 1;
  } finally {
    list.close();
  }
}
