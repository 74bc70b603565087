/** `tura settle`: what the collected records come to, card by card, and who owes. */
import type { Command } from 'commander';
import { readLedger } from '../backoffice/collector/ledger/file-ledger.ts';
import { readAnswers } from '../backoffice/payments/answers.ts';
import { type Credit, creditOf, type PaymentAnswer } from '../backoffice/payments/credit.ts';
import { type CreditAccount, debtors, debtorsTable } from '../backoffice/payments/debtors.ts';
import { everyRecord, type Unreadable } from '../backoffice/settlement/every-record.ts';
import { loadedBy, type SettledToken, Settlement } from '../backoffice/settlement/settlement.ts';
import { known } from '../core/known.ts';
import { formatAmount, minor } from '../core/money.ts';
import { riderAmount } from '../core/record.ts';
import { identityText, tokenKey } from '../core/tap.ts';
import type { Tariff } from '../core/tariff/tariff.ts';
import { addDays, epoch, type ServiceDate, serviceDateAt } from '../core/time.ts';
import { readText } from '../disk/read-text.ts';
import { writeWhole } from '../disk/write-whole.ts';
import { readTariff } from '../gtfs/tariff-folder.ts';
import { nodeCrypto } from '../wire/node-crypto.ts';
import { date } from './arguments.ts';
import { counted } from './counted.ts';
import { createOutput, type Output } from './output.ts';
import { TYUMEN } from './shipped.ts';

interface Options {
  readonly db: string;
  readonly tariff: string;
  readonly today?: ServiceDate;
  readonly answers?: string;
  readonly debtors?: string;
  readonly riderText: string;
  readonly json?: boolean;
}

export function describe(command: Command): void {
  command
    .requiredOption('--db <file>', "the collector's ledger")
    .option('--tariff <dir>', 'by which accounts are rated', TYUMEN)
    .option('--today <day>', 'days before it are closed: 2026-03-03; otherwise by the clock', date)
    .option('--answers <file>', "the acquirer's answers: instrument, day, result, amount")
    .option('--debtors <file>', 'where bank cards that owe go, as a stop list in plain CSV')
    .option('--rider-text <text>', 'what a reader shows them', 'Unpaid rides')
    .option('--json', 'one JSON object a card, then their sum; before them one a record that cannot be read')
    .addHelpText(
      'after',
      `
A card that carries its rider's state is charged what was written on it; where no vehicle knows whether it was, the
card's own counter tells at its next presentation, and until then its ride is open. A day's payment is what its taps come
to so far: where a vehicle uploads later it is more, and the difference is to be asked for. A record that the disk spoilt
is named, the rest is settled, no list of debtors is written, and the exit code is 1.

Examples:
  tura settle --db taps.db
  tura settle --db taps.db --tariff my-city --answers answers.csv --debtors debtors.csv`,
    )
    .action(settle);
}

async function settle(options: Options): Promise<void> {
  const output = createOutput(options.json === true);
  const { tariffs } = readTariff(options.tariff, nodeCrypto);
  const [tariff] = tariffs;
  const answers = answersIn(options.answers, tariff);
  const settlement = new Settlement(tariffs);
  const unreadable = await gather(options.db, settlement, output);
  if (unreadable > 0) process.exitCode = 1;
  const today = options.today ?? serviceDateAt(tariff.zone, tariff.dayStartS, epoch(Date.now()));
  const owing: CreditAccount[] = [];
  const strangers = new Set(answers.keys());
  const sum = { cards: 0, riderMinor: 0, loadedMinor: 0, open: 0 };
  for (const settled of settlement.tokens(addDays(today, -1))) {
    const tokens = [settled.token, ...settled.further];
    const answered = tokens.flatMap(token => answers.get(tokenKey(token)) ?? []);
    for (const token of tokens) strangers.delete(tokenKey(token));
    const credit = creditFor(tariff, settled, answered, today);
    if (credit !== undefined) owing.push({ tokens, account: credit.account });
    sum.cards += 1;
    sum.riderMinor += settled.riderMinor;
    sum.open += settled.home === 'card' ? settled.open.length : 0;
    sum.loadedMinor += settled.home === 'card' ? loadedBy(settled.done) : 0;
    tell(settled, credit, tariff, output);
  }
  const entries = debtors(owing, options.riderText);
  // What cannot be read may be a ride that was taken back: nobody is stopped for want of it.
  if (options.debtors !== undefined && unreadable === 0)
    writeWhole(options.debtors, debtorsTable(entries), 'list of debtors');
  else if (options.debtors !== undefined) output.say(`${options.debtors} is left as it is`);
  const total = `${formatAmount(minor(sum.riderMinor), tariff.currency)} ${tariff.currency}`;
  const without = unreadable === 0 ? '' : `, without ${counted(unreadable, 'unreadable record')}`;
  output.say(
    `${counted(sum.cards, 'card')}, ${total}, ${sum.open} open, ${entries.length} on the list of debtors${without}`,
  );
  for (const card of strangers) output.say(`${card}: answers for a card that is not in this ledger`);
  const { currency } = tariff;
  output.emit({ ...sum, currency, debtors: entries.length, strangers: strangers.size, unreadable });
}

/** How many of the ledger's records cannot be read; each is told. */
async function gather(db: string, settlement: Settlement, output: Output): Promise<number> {
  const ledger = readLedger(db);
  let unreadable = 0;
  const onUnreadable = ({ identity, why }: Unreadable) => {
    const record = identityText(identity);
    unreadable += 1;
    output.say(`record ${record} cannot be read, and is not settled: ${why}`);
    output.emit({ unreadable: record, why });
  };
  try {
    for await (const record of everyRecord(ledger, onUnreadable)) settlement.take(record);
  } finally {
    await ledger.close();
  }
  return unreadable;
}

function answersIn(
  file: string | undefined,
  { currency }: Tariff,
): ReadonlyMap<string, readonly PaymentAnswer[]> {
  if (file === undefined) return new Map();
  return readAnswers(readText(file, 'answers', 'a CSV file: instrument,day,result,amount'), file, currency);
}

/** Of a medium that the tariff takes on credit. */
function creditFor(
  { openLoop, media }: Tariff,
  settled: SettledToken,
  answers: readonly PaymentAnswer[],
  today: ServiceDate,
): Credit | undefined {
  if (openLoop === undefined || settled.home === 'card') return undefined;
  if (openLoop.media[media[settled.mediumClass ?? '']?.index ?? -1] !== true) return undefined;
  const charged = settled.charges.map(({ serviceDate: day, lines }) => ({
    day,
    amountMinor: riderAmount(lines),
  }));
  return creditOf(openLoop, charged, answers, today);
}

function tell(settled: SettledToken, credit: Credit | undefined, { currency }: Tariff, output: Output): void {
  const { token, home, riderMinor } = settled;
  const card = tokenKey(token);
  const rides = home === 'card' ? settled.rides.length : settled.charges.length;
  const open = home === 'card' ? settled.open.length : 0;
  const done = home === 'card' ? settled.done : [];
  const owedMinor = credit?.account.debtMinor;
  const words = [
    `${card}  ${formatAmount(minor(riderMinor), currency)}`,
    counted(rides, home === 'card' ? 'ride' : 'charge'),
    ...done.map(({ action: { actionId, op, amountMinor } }) =>
      amountMinor === undefined
        ? `${op} ${actionId}`
        : `${op} ${actionId}: ${formatAmount(amountMinor, currency)}`,
    ),
    ...(open > 0 ? [`${open} open until the card is seen again`] : []),
    ...(owedMinor === undefined || owedMinor <= 0
      ? []
      : [`owes ${formatAmount(minor(owedMinor), currency)}`]),
  ];
  output.say(words.join(', '));
  output.emit(
    known({
      card,
      home,
      riderMinor,
      rides,
      open,
      done: done.map(({ action }) => action),
      owedMinor,
      payments: credit?.payments,
    }),
  );
}
