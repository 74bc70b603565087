/** `tura card read`: which applications a card shows, with its numbers masked. */
import { randomBytes } from 'node:crypto';
import type { Command } from 'commander';
import { faceOf } from '../core/card/card-file.ts';
import { isRandomUid } from '../core/card/face.ts';
import { maskedUid } from '../core/card/mask.ts';
import type { SurveyedApplication } from '../core/card/survey.ts';
import { readTransitKey } from '../core/card/transit/key-file.ts';
import type { TransitKey } from '../core/card/transit/session.ts';
import { TuraError } from '../core/error.ts';
import { hexOfBytes } from '../core/hex.ts';
import { epoch, serviceDateAt, UTC } from '../core/time.ts';
import { readText } from '../disk/read-text.ts';
import { cardNamed, readCardFile } from '../lab/card-input.ts';
import { type SurveyedCard, surveyNextCard } from '../lab/survey-card.ts';
import { cardsFolder, Wallet } from '../lab/wallet.ts';
import { READER_KINDS, type Reader, type ReaderKind } from '../onboard/reader/reader.ts';
import { SimulatedReader } from '../onboard/reader/simulated.ts';
import { systemTimers } from '../onboard/timers.ts';
import { nodeAes } from '../wire/node-aes.ts';
import { choice, folder } from './arguments.ts';
import { describeIssue } from './card-issue.ts';
import { describePolicy } from './card-policy.ts';
import { residentSaid } from './card-said.ts';
import { createOutput, type Output } from './output.ts';
import { DEMO_CARDS, TEST_TRANSIT_KEY, TYUMEN } from './shipped.ts';
import { stoppable, untilStopped } from './signals.ts';
import { defaultStateFolder } from './state-folder.ts';

interface Options {
  readonly reader?: ReaderKind;
  readonly name: string;
  readonly card?: string;
  readonly cards: string;
  readonly state: string;
  readonly transitKey: string;
  readonly tariff: string;
  readonly json?: boolean;
}

export function describe(command: Command): void {
  command.addHelpText('after', '\nExamples:\n  tura card read\n  tura card read --card rita-resident');
  describeIssue(command);
  command
    .command('read')
    .description('which applications the next card on the reader shows')
    .option(
      '--reader <kind>',
      `${READER_KINDS.join(' or ')} (default: simulated with --card)`,
      choice(READER_KINDS),
    )
    .option('--name <part>', 'PC/SC: a part of the name of the reader, where there are several', '')
    .option('--card <name>', 'the synthetic card that is held to the simulated reader')
    .option('--cards <file>', 'where synthetic cards stand', DEMO_CARDS)
    .option('--state <dir>', 'where synthetic cards are kept between two rides', folder, defaultStateFolder())
    .option('--transit-key <file>', 'the key that a transit application is known by', TEST_TRANSIT_KEY)
    .option('--tariff <dir>', 'whose names stand on a transit application', TYUMEN)
    .option('--json', 'one JSON object on stdout')
    .addHelpText(
      'after',
      `
Numbers are masked: the issuer's six digits and the last four are shown, and nothing else of a card.

Examples:
  tura card read                          a card on the USB reader
  tura card read --name 'PICC'            where there are two
  tura card read --card ulyana-bank       a card of the card file, with no hardware`,
    )
    .action((options: Options) => stoppable(stop => read(options, stop)));
  describePolicy(command);
}

async function read(options: Options, stop: AbortSignal): Promise<void> {
  const output = createOutput(options.json === true);
  const keys = [
    readTransitKey(readText(options.transitKey, 'transit key', 'a transit key'), options.transitKey),
  ];
  const { reader, hold } = await openReader(options, keys);
  try {
    const surveyed = surveyNextCard(reader, {
      terminal: { unpredictable: randomBytes(4), date: serviceDateAt(UTC, 0, epoch(Date.now())) },
      transit: { keys, random: randomBytes, aes: nodeAes },
      timers: systemTimers,
      onReady: name => {
        if (options.card === undefined) output.say(`${name}: hold a card there`);
      },
    });
    hold();
    await untilStopped(stop, surveyed);
    if (!stop.aborted) tell(await surveyed, output, options.tariff);
  } finally {
    await reader.stop();
  }
}

/** `hold` puts the card there, where that is not a person's part. */
async function openReader(
  options: Options,
  keys: readonly TransitKey[],
): Promise<{ reader: Reader; hold: () => void }> {
  const { card, name, reader: kind = card === undefined ? 'pcsc' : 'simulated' } = options;
  if (kind === 'pcsc') {
    if (card !== undefined)
      throw badUsage('--card is held to a simulated reader', '--reader simulated, or no --card');
    const { openPcscReaders } = await import('../onboard/reader/pcsc/open.ts');
    return { reader: await openPcscReaders([{ readerId: 'reader', name }]), hold: () => undefined };
  }
  if (card === undefined) throw badUsage('a simulated reader sees no card by itself', '--card NAME');
  const { cards } = readCardFile(options.cards);
  const held = cardNamed(cards, card, options.cards);
  const reader = new SimulatedReader('reader');
  const wallet = new Wallet({ keys, random: randomBytes, folder: cardsFolder(options.state) });
  const chip = wallet.chipOf(held);
  return { reader, hold: () => void reader.tap(faceOf(held), chip) };
}

function badUsage(what: string, expected: string): TuraError {
  return new TuraError('bad-usage', what, { expected });
}

function tell({ face, survey }: SurveyedCard, output: Output, tariff: string): void {
  const [uid, random] = [maskedUid(hexOfBytes(face.uid)), isRandomUid(face.uid)];
  const form = face.form === 'storage' ? 'a storage card' : 'a chip with applications';
  output.say(`${form}, UID ${uid}${random ? ', drawn anew at every tap' : ''}`);
  const { applications = [], resident = [] } = survey === undefined || survey.kind === 'unread' ? {} : survey;
  for (const application of applications) output.say(`  ${lineOf(application)}`);
  if (survey?.kind === 'no-directory') output.say('  no directory of payment applications');
  const said = resident.map(application => residentSaid(application, tariff));
  for (const { line } of said) output.say(`  ${line}`);
  if (survey?.kind === 'unread') {
    output.say(`  ${survey.why}`);
    process.exitCode = 1;
  }
  output.emit({
    form: face.form,
    uid,
    random,
    directory: survey?.kind,
    why: whyOf(survey),
    applications,
    ...(said.length === 0 ? {} : { resident: said.map(({ object }) => object) }),
  });
}

function whyOf(survey: SurveyedCard['survey']): string | undefined {
  return survey?.kind === 'unread' ? survey.why : undefined;
}

/** `mir        2200 99•• •••• 0129  to 2028-12, card 01   A0000006581010 MIR` */
function lineOf(application: SurveyedApplication): string {
  const { aid, label = '' } = application;
  const name = `${aid.toUpperCase()} ${label}`.trimEnd();
  switch (application.kind) {
    case 'payment': {
      const { scheme, number, expiry, psn, hasReference } = application;
      const more = hasReference ? ', with an account reference' : '';
      return `${scheme.padEnd(10)} ${number}  to ${expiry}, card ${psn}${more}  ${name}`;
    }
    case 'unread':
      return `${application.scheme.padEnd(10)} ${application.why}  ${name}`;
    case 'unknown':
      return `${application.kind.padEnd(10)} ${name}`;
    default:
      return application satisfies never;
  }
}
