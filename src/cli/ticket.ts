/** `tura ticket read`: what a barcode ticket says, and whether it is good. */
import type { Command } from 'commander';
import { known } from '../core/known.ts';
import { riderText } from '../core/reason.ts';
import { readIssuerKey } from '../core/ticket/key-file.ts';
import type { PresentedTicket, Scan, Ticket, TrustedKey } from '../core/ticket/ticket.ts';
import { type TicketRefusal, ticketRefusal } from '../core/ticket/validity.ts';
import { type EpochMs, epoch } from '../core/time.ts';
import { readText } from '../disk/read-text.ts';
import { nodeEd25519 } from '../wire/node-ed25519.ts';
import { scanner } from '../wire/ticket/scan.ts';
import { instant } from './arguments.ts';
import { colour } from './colour.ts';
import { createOutput, type Output } from './output.ts';
import { scannedBytes } from './scanned.ts';
import { describeIssue } from './ticket-issue.ts';
import { publicKeyOf } from './ticket-keys.ts';

interface Options {
  readonly key: readonly string[];
  readonly at?: EpochMs;
  readonly zone?: readonly string[];
  readonly json?: boolean;
}

const EXAMPLES = `
Examples:
  tura ticket issue --key fixtures/keys/ticket-issuer-test-secret.yaml --pass qr-ride --to '24 h' > ticket.txt
  tura ticket read ticket.txt --key fixtures/keys/ticket-issuer-test.yaml`;

export function describe(command: Command): void {
  command.addHelpText('after', EXAMPLES);
  describeIssue(command);
  command
    .command('read')
    .description('what a ticket says, and whether it is good; exit 1 when it is not')
    .argument('<file>', 'the text of a ticket, or the bytes a scanner delivers; - is standard input')
    .requiredOption('--key <files...>', 'the issuers whose tickets are taken')
    .option('--at <moment>', 'when it is shown: 2026-03-02T07:30:00+05:00; otherwise now', instant)
    .option('--zone <zones...>', 'where it is shown; otherwise nowhere in particular')
    .option('--json', 'one JSON object on stdout')
    .addHelpText(
      'after',
      '\nExample:\n  tura ticket read ticket.txt --key fixtures/keys/ticket-issuer-test.yaml',
    )
    .action(read);
}

async function read(file: string, options: Options): Promise<void> {
  const output = createOutput(options.json === true);
  const scan = scanner(options.key.map(trusted), nodeEd25519)(unsuffixed(await scannedBytes(file, 'ticket')));
  const refusal = scan.kind === 'genuine' ? refusalOf(scan, options) : undefined;
  say(output, scan, refusal);
  if (scan.kind !== 'genuine' || refusal !== undefined) process.exitCode = 1;
}

function trusted(file: string): TrustedKey {
  const { name, half } = readIssuerKey(readText(file, 'ticket key', "an issuer's key"), file);
  return { name, publicKey: publicKeyOf(half) };
}

/** A text file ends with a newline, which is no part of the code; a space may be. */
function unsuffixed(code: Uint8Array): Uint8Array {
  const isText = code.every(byte => byte < 0x80);
  const end = isText ? code.findLastIndex(byte => byte >= 0x20) + 1 : code.length;
  return code.subarray(0, end);
}

type Genuine = Extract<Scan, { kind: 'genuine' }>;

function refusalOf(
  { ticket, issuerKey, provenAt }: Genuine,
  { at, zone }: Options,
): TicketRefusal | undefined {
  const presented: PresentedTicket = known({ ...ticket, issuerKey, provenAt });
  return ticketRefusal(presented, {
    atMs: at ?? epoch(Date.now()),
    clock: { state: 'ntp', offsetMs: 0, uncertaintyMs: 0 },
    place: zone === undefined ? {} : { zoneIds: zone },
    action: 'entry',
  });
}

function say(output: Output, scan: Scan, refusal: TicketRefusal | undefined): void {
  if (scan.kind === 'unreadable') {
    output.say(`${colour.red('no ticket')}: ${scan.why}`);
    output.emit({ holds: false, why: scan.why });
    return;
  }
  if (scan.kind === 'refused') {
    output.say(`${colour.red(riderText(scan.reason, 'en'))}: ${scan.why}`);
    output.emit({ holds: false, reason: scan.reason, why: scan.why });
    return;
  }
  const { ticket, issuerKey, provenAt } = scan;
  const verdict = refusal === undefined ? colour.green('good') : colour.red(riderText(refusal, 'en'));
  output.say(`${verdict}: ${ticket.pass}, signed by ${issuerKey}`);
  for (const line of linesOf(ticket, provenAt)) output.say(`  ${line}`);
  output.emit({ holds: refusal === undefined, reason: refusal, issuerKey, provenAt, ticket });
}

function linesOf(
  { serial, issuedAt, validFrom, validTo, category, zones, holder }: Ticket,
  provenAt?: EpochMs,
) {
  const lines = [
    `serial    ${serial}`,
    `issued    ${utc(issuedAt)}`,
    `good      from ${utc(validFrom)} until ${utc(validTo)}`,
  ];
  if (category !== undefined) lines.push(`category  ${category}`);
  if (zones !== undefined) lines.push(`zones     ${zones.join(', ')}`);
  if (holder !== undefined) {
    const proven = provenAt === undefined ? 'never' : utc(provenAt);
    lines.push(`holder    proven ${proven}, good for ${holder.goodForS} s`);
  }
  return lines;
}

function utc(ms: EpochMs): string {
  return new Date(ms).toISOString().replace('.000Z', 'Z');
}
