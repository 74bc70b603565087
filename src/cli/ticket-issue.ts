/** `tura ticket issue | prove | public`: what an issuer and a rider's phone do. */
import { randomBytes } from 'node:crypto';
import type { Command } from 'commander';
import { TuraError } from '../core/error.ts';
import { hexOfBytes } from '../core/hex.ts';
import { known } from '../core/known.ts';
import { expectedOneOf } from '../core/suggest.ts';
import { readHolderKey, readIssuerKey } from '../core/ticket/key-file.ts';
import { TICKET_SCHEMA, type Ticket } from '../core/ticket/ticket.ts';
import { type EpochMs, epoch, parseDuration, parseInstant } from '../core/time.ts';
import { readText } from '../disk/read-text.ts';
import { writeWhole } from '../disk/write-whole.ts';
import { readTariff } from '../gtfs/tariff-folder.ts';
import { Malformed } from '../wire/malformed.ts';
import { nodeCrypto } from '../wire/node-crypto.ts';
import { nodeEd25519 } from '../wire/node-ed25519.ts';
import { issueTicket, proveTicket } from '../wire/ticket/issue.ts';
import { choice, count, instant } from './arguments.ts';
import { createOutput } from './output.ts';
import { readStandardInput } from './standard-input.ts';
import { publicKeyOf, secretOf } from './ticket-keys.ts';
import { drawBarcode, FORMATS } from './ticket-picture.ts';

interface IssueOptions {
  readonly key: string;
  readonly pass: string;
  readonly from?: EpochMs;
  readonly to: string;
  readonly category?: string;
  readonly zone?: readonly string[];
  readonly holder?: string;
  readonly goodFor: number;
  readonly tariff?: string;
  readonly out?: string;
  readonly format: (typeof FORMATS)[number];
  readonly json?: boolean;
}

/** A phone proves itself every 10 s: one proof may be missed. */
const GOOD_FOR_S = 20;

const ISSUE = `
The text of the ticket is the only line on stdout; --out draws it, too.

Examples:
  tura ticket issue --key fixtures/keys/ticket-issuer-test-secret.yaml --pass qr-ride --to '24 h'
  tura ticket issue --key fixtures/keys/ticket-issuer-test-secret.yaml --tariff fixtures/tariffs/tyumen \\
    --pass qr-ride --to 2026-12-31T23:59:59+05:00 --out ticket.svg --format aztec`;

export function describeIssue(command: Command): void {
  command
    .command('issue')
    .description('sign a ticket: its text and, on request, its picture')
    .requiredOption('--key <file>', "the issuer's secret key")
    .requiredOption('--pass <id>', 'the pass of the tariff that it is worth')
    .requiredOption('--to <moment>', "good until 2026-03-03T03:00:00+05:00, or for so long: '90 min'")
    .option('--from <moment>', 'good from; otherwise now', instant)
    .option('--category <id>', "the rider's category; otherwise the tariff's default")
    .option('--zone <zones...>', 'where one may board with it; otherwise wherever its pass is good')
    .option('--holder <file>', 'the key of the phone that must prove itself; otherwise it may be printed')
    .option('--good-for <seconds>', 'how long a proof is good', count, GOOD_FOR_S)
    .option('--tariff <dir>', 'refuse a pass or category that this tariff does not know')
    .option('--out <file>', 'its picture: a file ending in .svg or .png')
    .option('--format <format>', `the picture's kind: ${FORMATS.join(', ')}`, choice(FORMATS), 'qr')
    .option('--json', 'one JSON object on stdout')
    .addHelpText('after', ISSUE)
    .action(issue);
  command
    .command('prove')
    .description("what the rider's phone does every 10 s: prove that it shows the ticket now")
    .argument('<file>', 'the text of a ticket; - is standard input')
    .requiredOption('--key <file>', "the phone's secret key")
    .option('--at <moment>', 'when; otherwise now', instant)
    .option('--json', 'one JSON object on stdout')
    .addHelpText(
      'after',
      '\nExample:\n  tura ticket prove ticket.txt --key fixtures/keys/ticket-holder-test-secret.yaml',
    )
    .action(prove);
  command
    .command('public')
    .description("the public half of an issuer's key, as a file for validators")
    .argument('<key>', "the issuer's secret key")
    .addHelpText('after', '\nExample:\n  tura ticket public fixtures/keys/ticket-issuer-test-secret.yaml')
    .action(showPublic);
}

async function issue(options: IssueOptions): Promise<void> {
  const output = createOutput(options.json === true);
  const { name, half } = readIssuerKey(keyText(options.key), options.key);
  const ticket = ticketOf(options);
  if (options.tariff !== undefined) refuseUnknown(options.tariff, ticket);
  const code = refusingMalformed(() =>
    issueTicket(ticket, { name, secret: secretOf(half, options.key) }, nodeEd25519),
  );
  if (options.out !== undefined) await draw(options.out, options.format, code);
  output.say(code);
  output.emit(known({ code, issuerKey: name, ticket, picture: options.out }));
}

function ticketOf(options: IssueOptions): Ticket {
  const { pass, category, zone: zones, goodFor } = options;
  const nowMs = wholeSecond(Date.now());
  const validFrom = options.from === undefined ? nowMs : wholeSecond(options.from);
  const validTo = until(options.to, validFrom);
  const holder =
    options.holder === undefined ? undefined : { ...holderOf(options.holder), goodForS: goodFor };
  const serial = hexOfBytes(randomBytes(12));
  return known({
    ...{ schema: TICKET_SCHEMA, serial, issuedAt: nowMs, validFrom, validTo },
    ...{ pass, category, zones, holder },
  });
}

function wholeSecond(ms: number): EpochMs {
  return epoch(Math.floor(ms / 1000) * 1000);
}

function until(text: string, from: EpochMs): EpochMs {
  const durationMs = parseDuration(text);
  const to = durationMs === undefined ? parseInstant(text) : epoch(from + durationMs);
  if (to !== undefined && to > from) return wholeSecond(to);
  throw new TuraError(
    'bad-usage',
    `--to ${text}: ${to === undefined ? 'is no moment' : 'is not after --from'}`,
    {
      expected: "a later moment with its offset, 2026-03-03T03:00:00+05:00, or a duration: '90 min', '24 h'",
    },
  );
}

function holderOf(file: string): { readonly publicKey: string } {
  const text = readText(
    file,
    'phone key',
    'a phone key: fixtures/keys/ticket-holder-test-secret.yaml shows one',
  );
  return { publicKey: publicKeyOf(readHolderKey(text, file)) };
}

function keyText(file: string): string {
  return readText(
    file,
    'ticket key',
    'an issuer key: fixtures/keys/ticket-issuer-test-secret.yaml shows one',
  );
}

/** A slip here would be sold, and declined at every door. */
function refuseUnknown(folder: string, { pass, category }: Ticket): void {
  const { tariff } = readTariff(folder, nodeCrypto);
  const named = [
    ['pass', pass, tariff.passes.map(({ id }) => id)],
    ['category', category, tariff.categoryNames],
  ] as const;
  for (const [what, name, right] of named) {
    if (name === undefined || right.includes(name)) continue;
    const expected = expectedOneOf(name, right);
    throw new TuraError('bad-input', `no ${what} '${name}' in ${folder}`, { expected });
  }
}

async function draw(file: string, format: IssueOptions['format'], code: string): Promise<void> {
  const kind = /\.(svg|png)$/.exec(file)?.[1];
  if (kind !== 'svg' && kind !== 'png') {
    throw new TuraError('bad-usage', `--out ${file}: no kind of picture`, {
      expected: 'ticket.svg or ticket.png',
    });
  }
  writeWhole(file, await drawBarcode(code, format, kind), 'picture');
}

async function prove(file: string, options: { key: string; at?: EpochMs; json?: boolean }): Promise<void> {
  const output = createOutput(options.json === true);
  const text = file === '-' ? await readStandardInput() : readText(file, 'ticket', 'the text of a ticket');
  const secret = secretOf(
    readHolderKey(readText(options.key, 'phone key', 'a phone key'), options.key),
    options.key,
  );
  const code = proveTicket(
    text.replace(/[\r\n]+$/, ''),
    secret,
    wholeSecond(options.at ?? Date.now()),
    nodeEd25519,
  );
  output.say(code);
  output.emit({ code });
}

function showPublic(file: string): void {
  const { realm, issuer, keyId, half } = readIssuerKey(keyText(file), file);
  process.stdout.write(
    `realm: ${realm}\nissuer: ${issuer}\nkeyId: ${keyId}\npublicKey: "${publicKeyOf(half)}"\n`,
  );
}

function refusingMalformed<T>(make: () => T): T {
  try {
    return make();
  } catch (error) {
    if (error instanceof Malformed) throw new TuraError('bad-usage', error.message);
    throw error;
  }
}
