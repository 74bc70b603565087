/** What the acquirer said to payments, as a table: whose, on which day, taken or refused, and how much. */
import { refuseIfWrong } from '../../core/error.ts';
import { readSubject } from '../../core/list/subject-text.ts';
import { parseAmount } from '../../core/money.ts';
import { expectedOneOf } from '../../core/suggest.ts';
import { tokenKey } from '../../core/tap.ts';
import { required } from '../../gtfs/column.ts';
import { ProblemList } from '../../gtfs/problems.ts';
import type { ColumnName, Row, TableSpec } from '../../gtfs/spec.ts';
import { readTable } from '../../gtfs/table.ts';
import type { PaymentAnswer } from './credit.ts';

const COLUMNS = {
  file: 'answers.csv',
  required: true,
  columns: [
    /** `1:9f86…`: the card's instrument token. */
    required('instrument', 'text'),
    required('day', 'date'),
    required('result', 'text'),
    required('amount', 'amount'),
  ],
  strict: true,
} as const satisfies TableSpec;

const RESULTS = ['paid', 'refused'] as const;

/** By the token's key. Throws `TuraError` bad-input with every problem of the file, each with line and column. */
export function readAnswers(
  text: string,
  file: string,
  currency: string,
): ReadonlyMap<string, readonly PaymentAnswer[]> {
  const table = readTable(text, file, COLUMNS);
  const problems = new ProblemList();
  for (const problem of table.problems) problems.report(problem);
  const answers = new Map<string, PaymentAnswer[]>();
  for (const row of table.rows) {
    const read = readAnswer(row, currency, (column, what, expected) =>
      problems.report({ at: table.at(row, column), what, expected }),
    );
    if (read !== undefined) answers.set(read.key, [...(answers.get(read.key) ?? []), read.answer]);
  }
  refuseIfWrong(problems.all);
  return answers;
}

function readAnswer(
  { instrument, day, result: word, amount }: Row<typeof COLUMNS>,
  currency: string,
  wrong: (column: ColumnName<typeof COLUMNS>, what: string, expected: string) => void,
): { readonly key: string; readonly answer: PaymentAnswer } | undefined {
  const reading = readSubject('instrument', instrument, undefined);
  if (reading.kind === 'wrong') wrong('instrument', reading.what, reading.expected);
  const result = RESULTS.find(candidate => candidate === word);
  if (result === undefined) wrong('result', `result is '${word}'`, expectedOneOf(word, RESULTS));
  const amountMinor = parseAmount(amount, currency);
  if (amountMinor === undefined || amountMinor <= 0)
    wrong('amount', `amount is '${amount}'`, `an amount of ${currency} above zero`);
  const [subject] = reading.kind === 'wrong' ? [] : reading.subjects;
  if (subject?.kind !== 'instrument' || result === undefined || amountMinor === undefined) return undefined;
  return { key: tokenKey({ ...subject, kind: 'instrument' }), answer: { day, result, amountMinor } };
}
