/** `tura fare taps`: every tap of a file rated, then what each card came to. */
import type { Command } from 'commander';
import { formatProblem, type Problem, refuseIfWrong } from '../core/error.ts';
import type { Outcome } from '../core/fare/account.ts';
import { formatAmount, type MinorUnits } from '../core/money.ts';
import { decisionOf } from '../core/reason.ts';
import { riderAmount } from '../core/record.ts';
import type { Tariff } from '../core/tariff/tariff.ts';
import { formatDate, formatLocal } from '../core/time.ts';
import { readText } from '../disk/read-text.ts';
import { readTariff } from '../gtfs/tariff-folder.ts';
import { type FareTap, type FareTaps, isRecords } from '../lab/taps/fare-tap.ts';
import { type RatedCard, rateTaps } from '../lab/taps/rate-taps.ts';
import { readTapLines } from '../lab/taps/taps-lines.ts';
import { readFareTaps } from '../lab/taps/taps-table.ts';
import { nodeCrypto } from '../wire/node-crypto.ts';
import { colour } from './colour.ts';
import { createOutput, type Output, warn } from './output.ts';
import { progressBar } from './progress.ts';
import { readStandardInput } from './standard-input.ts';

const HELP = `
A file of CSV with at and card, and as the tariff asks: action (entry, exit, load), stop, to, route, network, trip,
medium, category, passes, amount, device; or NDJSON of journal records.
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
    .option('--json', 'NDJSON on stdout')
    .addHelpText('after', HELP)
    .action(priceTaps);
}

async function priceTaps(options: { tariff: string; taps: string; json?: boolean }): Promise<void> {
  const output = createOutput(options.json === true);
  const { tariff, tariffs, warnings } = readTariff(options.tariff, nodeCrypto);
  warn(warnings);
  const { taps, problems } = await tapsOf(options.taps, tariff);
  if (taps.length === 0) refuseIfWrong(problems);
  const bar = progressBar('rating');
  const { outcomes, cards } = rateTaps(tariffs, taps, (done, of) => bar.update(done, of, `${done} cards`));
  bar.end();
  for (const [index, tap] of taps.entries()) sayTap(output, tariff, tap, outcomes[index]);
  for (const card of cards) sayCard(output, tariff, card);
  if (problems.length > 0) sayLeftOut(output, problems, taps.length);
}

async function tapsOf(file: string, tariff: Tariff): Promise<FareTaps> {
  const isStdin = file === '-';
  const text = isStdin ? await readStandardInput() : readText(file, 'the taps', 'a file of CSV or NDJSON');
  const name = isStdin ? 'stdin' : file;
  return isRecords(text) ? readTapLines(text, name, tariff, nodeCrypto) : readFareTaps(text, name, tariff);
}

function sayTap(
  output: Output,
  { zone, currency }: Tariff,
  { card, line, tap }: FareTap,
  outcome: Outcome | undefined,
): void {
  const at = formatLocal(zone, tap.ride.atMs);
  if (outcome === undefined) {
    output.say(`${at}  ${card}  ${colour.yellow('repeat')}`);
    output.emit({ at, card, line, decision: 'repeat' });
    return;
  }
  const { reason, parts, tariffHash } = outcome;
  const decision = decisionOf(reason);
  const lines = parts.flatMap(part => part.lines);
  const amount = lines.length === 0 ? undefined : formatAmount(riderAmount(lines), currency);
  const said = amount ?? (decision === 'accepted' ? '' : '-');
  const charges = parts.map(({ journeyRef, lines: charged }) => ({
    journey: journeyRef,
    lines: charged.map(charge => ({ ...charge, amount: formatAmount(charge.amountMinor, currency) })),
  }));
  const paint = decision === 'accepted' ? colour.green : colour.red;
  output.say(`${at}  ${card.padEnd(16)} ${said.padStart(8)}  ${paint(reason)}`);
  output.emit({ at, card, line, ref: tap.ride.ref, decision, reason, amount, currency, charges, tariffHash });
}

function sayCard(
  output: Output,
  { currency }: Tariff,
  { card, totalMinor, journeys, closing, payments }: RatedCard,
): void {
  const total = formatAmount(totalMinor as MinorUnits, currency);
  for (const { journeyRef, lines } of closing) {
    output.say(`${card}: ${journeyRef} was never left: ${formatAmount(riderAmount(lines), currency)}`);
  }
  output.say(
    `${colour.bold(card)}  ${total} ${currency}, ${journeys} ${journeys === 1 ? 'journey' : 'journeys'}`,
  );
  for (const { day, amountMinor } of payments) {
    output.say(
      `  asked for ${formatDate(day)}: ${formatAmount(amountMinor as MinorUnits, currency)} ${currency}`,
    );
  }
  const asked = payments.map(({ day, amountMinor }) => ({
    day: formatDate(day),
    amount: formatAmount(amountMinor as MinorUnits, currency),
  }));
  const incomplete = closing.map(({ journeyRef }) => journeyRef);
  output.emit({
    card,
    total,
    currency,
    journeys,
    ...(incomplete.length === 0 ? {} : { incomplete }),
    ...(asked.length === 0 ? {} : { payments: asked }),
  });
}

/** The rest is rated all the same; the exit code says that it is not all. */
function sayLeftOut(output: Output, problems: readonly Problem[], rated: number): void {
  for (const problem of problems)
    process.stderr.write(`${colour.red('left out')} ${formatProblem(problem)}\n`);
  output.say(`${rated} taps rated, ${problems.length} ${problems.length === 1 ? 'problem' : 'problems'}`);
  output.emit({ rated, problems });
  process.exitCode = 2;
}
