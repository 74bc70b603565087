/** `tura card issue`: an entry of a card file, which is a virtual card from then on. */
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import type { Command } from 'commander';
import { stringify } from 'yaml';
import { issuedState, type SyntheticCard } from '../core/card/card-file.ts';
import { beyondCards } from '../core/card/transit/carried.ts';
import { encodeState } from '../core/card/transit/encoding.ts';
import { namesOf } from '../core/card/transit/names.ts';
import { assert, TuraError } from '../core/error.ts';
import { hexOfBytes } from '../core/hex.ts';
import { parseAmount } from '../core/money.ts';
import { expectedOneOf } from '../core/suggest.ts';
import type { Tariff } from '../core/tariff/tariff.ts';
import { writeWhole } from '../disk/write-whole.ts';
import { readTariff } from '../gtfs/tariff-folder.ts';
import { parseCardFile, readCardText } from '../lab/card-input.ts';
import { nodeCrypto } from '../wire/node-crypto.ts';
import { createOutput } from './output.ts';
import { TYUMEN } from './shipped.ts';

interface Options {
  readonly id: string;
  readonly holder: string;
  readonly category?: string;
  readonly proof?: string;
  readonly expiry?: string;
  readonly quotaUsed?: string;
  readonly pass?: readonly string[];
  readonly purse?: string;
  readonly points?: readonly string[];
  readonly redeem?: boolean;
  readonly mir?: string;
  readonly policy?: string;
  readonly loyalty?: string;
  readonly services?: string;
  readonly tariff: string;
  readonly to?: string;
  readonly json?: boolean;
}

export function describeIssue(command: Command): void {
  command
    .command('issue')
    .description('a resident card: an entry of a card file, which is a virtual card from then on')
    .requiredOption('--id <name>', 'by which the card is tapped: rita-resident')
    .requiredOption('--holder <person>', 'a synthetic person')
    .option('--category <name>', "whose fare is paid; otherwise the tariff's default")
    .option('--proof <day>', 'the last day of the category: 2026-06-30')
    .option('--expiry <day>', 'the last day of the transit application')
    .option('--quota-used <month=rides>', 'rides of the quota used already: 2026-03=4')
    .option('--pass <id...>', 'a pass that begins with its first ride')
    .option('--purse <amount>', 'money on the card: 500.00')
    .option('--points <programme=points...>', 'a holder who takes part, with these points')
    .option('--redeem', 'points pay wherever they may')
    .option('--mir <number=month>', 'a Mir payment application: 2200998000000450=2029-04')
    .option('--policy <number>', 'the number of a medical insurance policy')
    .option('--loyalty <number>', 'the number of a loyalty membership')
    .option('--services <number>', 'the number of the electronic services')
    .option('--tariff <dir>', 'under which the card rides', TYUMEN)
    .option('--to <file>', 'a card file to add it to; otherwise standard output')
    .option('--json', 'the entry as one JSON object')
    .addHelpText(
      'after',
      `
Examples:
  tura card issue --id ivan-resident --holder 'Ivan Belov' --category student --proof 2026-06-30
  tura card issue --id olya-resident --holder 'Olya Belova' --purse 500.00 --to my-cards.yaml`,
    )
    .action(issue);
}

async function issue(options: Options): Promise<void> {
  const output = createOutput(options.json === true);
  const { tariffs } = readTariff(options.tariff, nodeCrypto);
  const [tariff] = tariffs;
  const entry = entryOf(options, tariff);
  const added = `  - ${JSON.stringify(entry)}\n`;
  const file = options.to ?? 'card';
  const before = options.to !== undefined && existsSync(options.to) ? readCardText(options.to) : newFile();
  const text = before.endsWith('\n') ? `${before}${added}` : `${before}\n${added}`;
  const card = parseCardFile(text, file).cards.at(-1);
  assert(card?.transit !== undefined, 'the card that was added stands last');
  namesOf(tariffs);
  refuseBeyond(card, card.transit, tariff);
  if (options.to === undefined) process.stdout.write(options.json ? '' : stringify([entry]));
  else {
    writeWhole(options.to, text, 'card file');
    output.say(
      `${options.id} stands in ${options.to}: tura card read --card ${options.id} --cards ${options.to}`,
    );
  }
  output.emit(entry);
}

function newFile(): string {
  return `# Synthetic cards: the only kind of file in which a raw number may stand.\nasOf: ${new Date().toISOString()}\n\ncards:\n`;
}

function entryOf(options: Options, tariff: Tariff) {
  const { id, holder, proof, expiry, purse, pass, policy, loyalty, services } = options;
  const mediumClass = tariff.mediumByForm.transit;
  if (mediumClass === undefined) {
    const expected = "a media class with 'recognise: [transit]'";
    throw new TuraError('bad-input', `${options.tariff}: it takes no transit applications`, { expected });
  }
  const purseMinor = purse === undefined ? undefined : parseAmount(purse, tariff.currency);
  if (purse !== undefined && purseMinor === undefined) throw bad(`--purse ${purse}`, 'an amount: 500.00');
  const { points, redeem } = options;
  const [month, used] = pair('--quota-used', options.quotaUsed, '2026-03=4') ?? [];
  const [pan, valid] = pair('--mir', options.mir, '2200998000000450=2029-04') ?? [];
  const numbered = (number: string | undefined) => (number === undefined ? undefined : { number });
  return {
    ...{ id, holder, mediumClass, form: 'iso14443-4', uid: `08${hexOfBytes(randomBytes(3))}` },
    category: named('category', options.category ?? tariff.defaultCategory, tariff.categoryNames),
    categoryExpiry: proof,
    quotaUsed: month === undefined ? undefined : { month, used: Number(used) },
    passes: pass?.map(name => ({
      pass: named(
        'pass',
        name,
        tariff.passes.map(each => each.id),
      ),
    })),
    purseMinor,
    transit: {
      serial: hexOfBytes(randomBytes(8)),
      expiry,
      loyalty:
        points === undefined && redeem !== true
          ? undefined
          : { redeems: redeem, points: pointsOf(points, tariff) },
    },
    bank: pan === undefined ? undefined : { scheme: 'mir', pan, expiry: valid },
    ...{ policy: numbered(policy), loyalty: numbered(loyalty), services: numbered(services) },
    // What the card knows itself, no list needs to.
    entitled: false,
  };
}

function pointsOf(written: readonly string[] = [], { loyalty }: Tariff): Record<string, number> {
  const programmes = loyalty.map(({ id }) => id);
  return Object.fromEntries(
    written.map(text => {
      const [programme = '', points] = pair('--points', text, 'coffee=100') ?? [];
      return [named('programme', programme, programmes), Number(points)];
    }),
  );
}

function pair(option: string, text: string | undefined, example: string): readonly string[] | undefined {
  if (text === undefined) return undefined;
  const parts = text.split('=');
  if (parts.length !== 2 || parts.includes('')) throw bad(`${option} ${text}`, example);
  return parts;
}

function named(what: string, name: string, right: readonly string[]): string {
  if (right.includes(name)) return name;
  throw bad(`no ${what} '${name}' in the tariff`, expectedOneOf(name, right));
}

function bad(what: string, expected: string): TuraError {
  return new TuraError('bad-usage', `${what} (expected ${expected})`, { expected });
}

/** What does not fit is refused now, and not at its first ride. */
function refuseBeyond(
  card: SyntheticCard,
  transit: NonNullable<SyntheticCard['transit']>,
  tariff: Tariff,
): void {
  const encoded = encodeState(issuedState(card, transit));
  const [what] = [...beyondCards(tariff), ...(encoded.kind === 'too-much' ? [encoded.what] : [])];
  if (what === undefined) return;
  throw new TuraError('bad-input', `${card.id}: ${what}`, { expected: 'what has room on a card' });
}
