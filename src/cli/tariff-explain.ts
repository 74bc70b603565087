/** `tura tariff explain`: why a ride costs what it costs, rule by rule. */
import type { Command } from 'commander';
import { refuseIfWrong, TuraError } from '../core/error.ts';
import type { AccountTap } from '../core/fare/account.ts';
import { grouped } from '../core/fare/match/grouped.ts';
import type { Ride } from '../core/fare/ride.ts';
import type { RiderState } from '../core/fare/rider.ts';
import { rateTap } from '../core/fare/settle.ts';
import { Listener, tell } from '../core/fare/telling.ts';
import { formatAmount } from '../core/money.ts';
import { riderAmount } from '../core/record.ts';
import { formatLocal } from '../core/time.ts';
import { readText } from '../disk/read-text.ts';
import type { ReadTariff } from '../gtfs/tariff-files.ts';
import { readTariff } from '../gtfs/tariff-folder.ts';
import { toldApart } from '../lab/taps/double.ts';
import { neverLeft } from '../lab/taps/never-left.ts';
import { readFareTaps } from '../lab/taps/taps-table.ts';
import { nodeCrypto } from '../wire/node-crypto.ts';
import { colour } from './colour.ts';
import { createOutput, type Output } from './output.ts';
import { readStandardInput } from './standard-input.ts';

interface Options {
  readonly taps?: string;
  readonly at?: string;
  readonly json?: boolean;
  readonly [column: string]: string | boolean | undefined;
}

/** Columns of a taps file that one ride may be told by. */
const COLUMNS = ['category', 'medium', 'stop', 'to', 'route', 'network', 'passes'] as const;

const HELP = `
Examples:
  tura tariff explain fixtures/tariffs/tyumen --category student --at '2026-03-02 07:30'
  tura tariff explain fixtures/tariffs/tyumen --taps taps.csv    every tap of a file, as for tura fare taps`;

export function describeExplain(command: Command): void {
  const explain = command
    .command('explain')
    .description('say why a ride costs what it costs')
    .argument('<dir>', 'a tariff folder')
    .option('--taps <file>', 'taps in CSV; - is standard input')
    .option('--at <moment>', "when one ride begins: '2026-03-02 07:30'");
  for (const column of COLUMNS) explain.option(`--${column} <name>`, `the ${column} of one ride`);
  explain.option('--json', 'NDJSON on stdout').addHelpText('after', HELP).action(run);
}

async function run(folder: string, options: Options): Promise<void> {
  const output = createOutput(options.json === true);
  const read = readTariff(folder, nodeCrypto);
  const { text, file } = await tapsOf(options);
  const { taps, problems } = readFareTaps(text, file, read.tariff);
  refuseIfWrong(problems);
  for (const [card, own] of grouped(taps, tap => tap.card))
    explainCard(
      output,
      read,
      card,
      own.map(({ tap }) => tap),
    );
}

/** Its taps as they are settled: by their moments, whatever order they stand in. */
function explainCard(output: Output, read: ReadTariff, card: string, taps: readonly AccountTap[]): void {
  let state: RiderState | undefined;
  for (const { tap, isDouble } of toldApart(read.tariffs[0], taps)) {
    if (isDouble) sayDouble(output, read, card, tap.ride);
    else state = explain(output, read, card, tap.ride, state);
  }
  sayNeverLeft(output, read, card, state);
}

async function tapsOf({ taps, at, ...columns }: Options): Promise<{ text: string; file: string }> {
  if (taps === '-') return { text: await readStandardInput(), file: 'stdin' };
  if (taps !== undefined) return { text: readText(taps, 'the taps', 'a file of CSV'), file: taps };
  if (at === undefined) {
    throw new TuraError('bad-usage', 'no ride to explain', {
      expected: "--at '2026-03-02 07:30', or --taps FILE",
    });
  }
  const given = COLUMNS.filter(column => columns[column] !== undefined);
  const row = [at, 'card', ...given.map(column => String(columns[column]))].map(quoted);
  return { text: `${['at', 'card', ...given].join(',')}\n${row.join(',')}\n`, file: 'the ride' };
}

function quoted(cell: string): string {
  return `"${cell.replaceAll('"', '""')}"`;
}

function explain(
  output: Output,
  { tariff, tariffs }: ReadTariff,
  card: string,
  ride: Ride,
  state: RiderState | undefined,
): RiderState | undefined {
  const listener = new Listener();
  const { outcome, state: after } = rateTap(tariffs, state, ride, listener);
  const version = tariffs.find(({ hash }) => hash === outcome.tariffHash) ?? tariff;
  const { reason, parts, graced } = outcome;
  const lines = parts.flatMap(part => part.lines);
  const [why, ...sentences] = tell(version, { reason, lines }, listener);
  const at = formatLocal(tariff.zone, ride.atMs);
  output.say(`${colour.bold(`${at} ${card}`)}: ${why}`);
  for (const sentence of sentences) output.say(`  ${sentence}`);
  if (graced.length > 0) output.say(`  graced: ${graced.join(', ')}`);
  output.emit({ at, card, reason, lines, trace: listener.looked, told: sentences });
  return after;
}

/** A card that was held there for a moment longer. */
function sayDouble(output: Output, { tariff }: ReadTariff, card: string, { atMs }: Ride): void {
  const at = formatLocal(tariff.zone, atMs);
  output.say(`${colour.bold(`${at} ${card}`)}: repeat: the tap before it, read again`);
  output.emit({ at, card, decision: 'repeat' });
}

/** A journey that is still open when there are no more taps is incomplete. */
function sayNeverLeft(
  output: Output,
  { tariffs }: ReadTariff,
  card: string,
  state: RiderState | undefined,
): void {
  const [{ currency }] = tariffs;
  for (const { journeyRef, lines } of neverLeft(tariffs, state)) {
    const amount = formatAmount(riderAmount(lines), currency);
    output.say(`${colour.bold(card)}: ${journeyRef} was never left: ${amount} ${currency}`);
    output.emit({ card, journeyRef, reason: 'incomplete-journey', lines });
  }
}
