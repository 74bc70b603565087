/** `tura fare taps`: every tap of a file rated, then what each card came to. */
import type { Command } from 'commander';
import { formatProblem, type Problem, refuseIfWrong, TuraError } from '../core/error.ts';
import type { Outcome, Part } from '../core/fare/account.ts';
import type { Statement } from '../core/fare/points.ts';
import { known } from '../core/known.ts';
import { formatAmount, type MinorUnits } from '../core/money.ts';
import { decisionOf } from '../core/reason.ts';
import { riderAmount } from '../core/record.ts';
import type { Tariff } from '../core/tariff/tariff.ts';
import { formatDate, formatLocal } from '../core/time.ts';
import { readText } from '../disk/read-text.ts';
import { readTariff } from '../gtfs/tariff-folder.ts';
import { readTerms } from '../lab/taps/card-terms.ts';
import { type FareTap, type FareTaps, isRecords } from '../lab/taps/fare-tap.ts';
import { type RatedCard, rateTaps, type Unrated } from '../lab/taps/rate-taps.ts';
import { readTapLines } from '../lab/taps/taps-lines.ts';
import { readFareTaps } from '../lab/taps/taps-table.ts';
import { bundleFile } from '../wire/list/bundle-file.ts';
import { nodeCrypto } from '../wire/node-crypto.ts';
import { colour } from './colour.ts';
import { counted } from './counted.ts';
import { createOutput, type Output, warn } from './output.ts';
import { progressBar } from './progress.ts';
import { readStandardInput } from './standard-input.ts';

const HELP = `
A file of CSV with at and card, and as the tariff asks: action (entry, exit, load), stop, to, route, network, trip,
medium, category, passes (month@2026-03-01), amount, riders, redeem, paid, carrier, device; or NDJSON of journal records.
  at,card,network,category
  2026-03-02 07:30,anna,,student

Examples:
  tura fare taps --tariff fixtures/tariffs/tyumen --taps taps.csv
  tura fare taps --tariff my-tariff --taps - --json < taps.ndjson`;

export function describeTaps(command: Command): void {
  command
    .command('taps')
    .description('rate taps: one line a tap, then totals a card')
    .requiredOption('--tariff <dir>', 'a tariff folder')
    .requiredOption('--taps <file>', 'the taps, in CSV or NDJSON; - is standard input')
    .option('--cards <bundle>', 'what recorded cards are entitled to: passes, and until when a proof holds')
    .option('--json', 'NDJSON on stdout')
    .addHelpText('after', HELP)
    .action(priceTaps);
}

interface Options {
  readonly tariff: string;
  readonly taps: string;
  readonly cards?: string;
  readonly json?: boolean;
}

async function priceTaps(options: Options): Promise<void> {
  const output = createOutput(options.json === true);
  const { tariff, tariffs, warnings } = readTariff(options.tariff, nodeCrypto);
  warn(warnings);
  const read = await tapsOf(options, tariff);
  const { taps } = read;
  warn(read.problems.filter(({ severity }) => severity === 'warning'));
  const problems = read.problems.filter(({ severity }) => severity !== 'warning');
  if (taps.length === 0) refuseIfWrong(problems);
  const bar = progressBar('rating');
  const { outcomes, cards, carriers, statements } = rateTaps(tariffs, read, (done, of) =>
    bar.update(done, of, `${done} cards`),
  );
  bar.end();
  for (const [index, tap] of taps.entries()) sayTap(output, tariff, tap, outcomes[index] ?? 'repeat');
  for (const card of cards) sayCard(output, tariff, card);
  for (const [carrier, amountMinor] of carriers) sayCarrier(output, tariff, carrier, amountMinor);
  for (const statement of statements) sayStatement(output, tariff, statement);
  if (problems.length > 0) sayLeftOut(output, problems, taps.length);
}

async function tapsOf({ taps: file, cards }: Options, tariff: Tariff): Promise<FareTaps> {
  const isStdin = file === '-';
  const text = isStdin ? await readStandardInput() : readText(file, 'the taps', 'a file of CSV or NDJSON');
  const name = isStdin ? 'stdin' : file;
  if (isRecords(text)) {
    const termsOf = cards === undefined ? undefined : await readTerms(bundleFile(cards));
    return readTapLines(text, name, tariff, nodeCrypto, known({ termsOf }));
  }
  if (cards === undefined) return readFareTaps(text, name, tariff);
  const expected = 'NDJSON of records: a table says itself what its cards hold';
  throw new TuraError('bad-usage', '--cards with a table of taps', { expected });
}

function sayTap(output: Output, tariff: Tariff, tap: FareTap, outcome: Outcome | Unrated): void {
  const at = formatLocal(tariff.zone, tap.tap.ride.atMs);
  const { card, line } = tap;
  if (typeof outcome === 'string') {
    output.say(`${at}  ${card.padEnd(16)} ${''.padStart(8)}  ${colour.yellow(outcome)}`);
    output.emit({ at, card, line, decision: outcome });
    return;
  }
  const { ref } = tap.tap.ride;
  const { reason, parts } = outcome;
  const decision = decisionOf(reason);
  const amount = amountOf(parts, tariff);
  const own = amountOf(
    parts.filter(({ rideRef }) => rideRef === ref),
    tariff,
  );
  const paint = decision === 'accepted' ? colour.green : colour.red;
  const said = own ?? (decision === 'accepted' ? '' : '-');
  output.say(
    `${at}  ${card.padEnd(16)} ${said.padStart(8)}  ${[paint(reason), ...besides(outcome, tariff)].join('; ')}`,
  );
  for (const part of parts.filter(({ rideRef }) => rideRef !== ref))
    output.say(
      `${''.padEnd(at.length + 19)}${amountOf([part], tariff)?.padStart(8)}  for ${part.journeyRef}, never left`,
    );
  output.emit({ at, card, line, ref, decision, reason, amount, ...detail(outcome, tariff) });
}

/** What the rider pays; undefined where nothing is charged. */
function amountOf(parts: readonly Part[], { currency }: Tariff): string | undefined {
  const lines = parts.flatMap(part => part.lines);
  return lines.length === 0 ? undefined : formatAmount(riderAmount(lines), currency);
}

function besides({ graced, quotaAfter, purseAfterMinor, points }: Outcome, { currency }: Tariff): string[] {
  return [
    ...(quotaAfter === undefined ? [] : [`${quotaAfter} rides left`]),
    ...(purseAfterMinor === undefined ? [] : [`purse ${formatAmount(purseAfterMinor, currency)}`]),
    ...(points ?? []).map(({ programme, earned, redeemed }) => `${programme} +${earned} -${redeemed} points`),
    ...(graced.length === 0 ? [] : [`graced: ${graced.join(', ')}`]),
  ];
}

function detail(outcome: Outcome, { currency }: Tariff): object {
  const { parts, tariffHash, quotaAfter, purseAfterMinor, points, graced } = outcome;
  const charges = parts.map(({ journeyRef, lines }) => ({
    journey: journeyRef,
    lines: lines.map(charge => ({ ...charge, amount: formatAmount(charge.amountMinor, currency) })),
  }));
  const purse = purseAfterMinor === undefined ? undefined : formatAmount(purseAfterMinor, currency);
  return {
    currency,
    charges,
    quotaAfter,
    purse,
    points,
    graced: graced.length === 0 ? undefined : graced,
    tariffHash,
  };
}

function sayCard(
  output: Output,
  tariff: Tariff,
  { card, totalMinor, journeys, closing, payments }: RatedCard,
): void {
  const { currency } = tariff;
  const total = formatAmount(totalMinor as MinorUnits, currency);
  for (const part of closing)
    output.say(`${card}: ${part.journeyRef} was never left: ${amountOf([part], tariff)}`);
  output.say(`${colour.bold(card)}  ${total} ${currency}, ${counted(journeys, 'journey')}`);
  const asked = payments.map(({ day, amountMinor }) => ({
    day: formatDate(day),
    amount: formatAmount(amountMinor as MinorUnits, currency),
  }));
  for (const { day, amount } of asked) output.say(`  asked for ${day}: ${amount} ${currency}`);
  output.emit({
    card,
    total,
    currency,
    journeys,
    ...(closing.length === 0 ? {} : { incomplete: closing.map(({ journeyRef }) => journeyRef) }),
    ...(asked.length === 0 ? {} : { payments: asked }),
  });
}

function sayStatement(output: Output, { currency }: Tariff, statement: Statement): void {
  const { programme, earned, redeemed, borneMinor } = statement;
  const borne = Object.entries(borneMinor).map(
    ([bearer, amount]) => [bearer, formatAmount(amount as MinorUnits, currency)] as const,
  );
  const bears = borne.map(([bearer, amount]) => `, ${bearer} bears ${amount} ${currency}`).join('');
  output.say(`programme ${programme}  ${earned} points earned, ${redeemed} redeemed${bears}`);
  output.emit({ programme, earned, redeemed, borne: Object.fromEntries(borne), currency });
}

/** What of everything is one carrier's, whoever pays it. */
function sayCarrier(output: Output, { currency }: Tariff, carrier: string, amountMinor: number): void {
  const share = formatAmount(amountMinor as MinorUnits, currency);
  output.say(`${carrier === '' ? 'no carrier' : `carrier ${carrier}`}  ${share} ${currency}`);
  output.emit({ carrier, share, currency });
}

/** The rest is rated all the same; the exit code says that it is not all. */
function sayLeftOut(output: Output, problems: readonly Problem[], rated: number): void {
  for (const problem of problems)
    process.stderr.write(`${colour.red('left out')} ${formatProblem(problem)}\n`);
  output.say(`${counted(rated, 'tap')} rated, ${counted(problems.length, 'problem')}`);
  output.emit({ rated, problems });
  process.exitCode = 2;
}
