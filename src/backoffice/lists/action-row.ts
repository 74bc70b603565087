/** One row of the plain action list -> an action for each token of its card, or the problems of its cells. */
import { purseOnCard } from '../../core/card/transit/act.ts';
import { isWritableDay } from '../../core/card/transit/encoding.ts';
import { known } from '../../core/known.ts';
import { CARD_OPS, type CardAction, type CardOp, MAX_NTH, OP_FIELDS } from '../../core/list/card-action.ts';
import { readSubject } from '../../core/list/subject-text.ts';
import { formatAmount, parseAmount } from '../../core/money.ts';
import { expectedOneOf } from '../../core/suggest.ts';
import type { Tariff } from '../../core/tariff/tariff.ts';
import { formatDate, type ServiceDate } from '../../core/time.ts';
import { optional, required } from '../../gtfs/column.ts';
import type { ColumnName, Row, TableSpec } from '../../gtfs/spec.ts';
import type { ActionContext } from './card-actions.ts';

/** `card` is the serial of a transit application, or its token: `1:9f86…`. */
export const COLUMNS = {
  file: 'actions.csv',
  required: true,
  columns: [
    required('action_id', 'text'),
    required('card', 'text'),
    required('nth', 'count'),
    required('op', 'text'),
    optional('amount', 'amount'),
    optional('pass', 'text'),
    optional('category', 'text'),
    optional('from', 'date'),
    optional('to', 'date'),
  ],
  key: ['action_id'],
  strict: true,
} as const satisfies TableSpec;

type PlainRow = Row<typeof COLUMNS>;
type Column = ColumnName<typeof COLUMNS>;
type Wrong = (column: Column, what: string, expected: string) => void;

/** The cell of each field of an action; a currency is the tariff's. */
const CELLS = {
  amountMinor: 'amount',
  currency: undefined,
  pass: 'pass',
  category: 'category',
  from: 'from',
  to: 'to',
} as const;

function cellsOf(fields: readonly (keyof typeof CELLS)[]): readonly Column[] {
  return fields.flatMap(field => CELLS[field] ?? []);
}

/** No actions where a cell is wrong; then `wrong` was told. */
export function readRow(
  row: PlainRow,
  { tokeniser, tariff }: ActionContext,
  wrong: Wrong,
): readonly CardAction[] {
  const card = readSubject('application', row.card, tokeniser);
  if (card.kind === 'wrong') wrong('card', card.what, card.expected);
  const isNumbered = row.nth >= 1 && row.nth <= MAX_NTH;
  if (!isNumbered) wrong('nth', `nth is ${row.nth}`, `a number from 1 to ${MAX_NTH}`);
  const op = CARD_OPS.find(candidate => candidate === row.op);
  if (op === undefined) wrong('op', `op is '${row.op}'`, expectedOneOf(row.op, CARD_OPS));
  const asked =
    op === undefined || !hasItsCells(row, op, wrong) || !areWritable(row, wrong)
      ? undefined
      : askedFor(row, op, tariff, wrong);
  if (card.kind === 'wrong' || !isNumbered || asked === undefined) return [];
  const { action_id: actionId, nth } = row;
  return card.subjects.flatMap(subject =>
    subject.kind === 'application'
      ? [{ actionId, token: { ...subject, kind: 'application' }, nth, ...asked }]
      : [],
  );
}

function hasItsCells(row: PlainRow, op: CardOp, wrong: Wrong): boolean {
  const needs = cellsOf(OP_FIELDS[op].required);
  const right = [...needs, ...cellsOf(OP_FIELDS[op].optional)];
  const others = (['amount', 'pass', 'category', 'from', 'to'] as const).filter(
    column => row[column] !== undefined && !right.includes(column),
  );
  const missing = needs.filter(column => row[column] === undefined);
  for (const column of missing) wrong(column, `${op} without ${column}`, `${column}, with ${op}`);
  for (const column of others) wrong(column, `${op} with ${column}`, `nothing here with ${op}`);
  return missing.length === 0 && others.length === 0;
}

type Asked = CardAction extends infer Action
  ? Action extends CardAction
    ? Omit<Action, 'actionId' | 'token' | 'nth'>
    : never
  : never;

function askedFor(
  { amount = '', pass = '', category = '', from, to }: PlainRow,
  op: CardOp,
  tariff: Tariff,
  wrong: Wrong,
): Asked | undefined {
  switch (op) {
    case 'load':
      return loadOf(amount, tariff, wrong);
    case 'renew':
      if (from !== undefined && to !== undefined && from > to) {
        wrong('to', 'to is before from', 'the last day, not before the first');
        return undefined;
      }
      return isNamed(
        'pass',
        pass,
        tariff.passes.map(({ id }) => id),
        wrong,
      )
        ? known({ op, pass, from, to })
        : undefined;
    case 'set-category':
      return isNamed('category', category, tariff.categoryNames, wrong)
        ? known({ op, category, to })
        : undefined;
    case 'block':
    case 'unblock':
      return { op };
    default:
      return op satisfies never;
  }
}

/** More than the purse ever holds would wait on its card for ever, and all that comes after it. */
function loadOf(amount: string, tariff: Tariff, wrong: Wrong): Asked | undefined {
  const { currency } = tariff;
  const purse = purseOnCard(tariff);
  const amountMinor = parseAmount(amount, currency);
  if (purse === undefined) {
    wrong('op', 'a load, and no purse', 'a tariff whose transit cards have a purse');
  } else if (amountMinor === undefined || amountMinor <= 0 || amountMinor > purse.maximumMinor) {
    const most = formatAmount(purse.maximumMinor, currency);
    wrong('amount', `amount is '${amount}'`, `an amount of ${currency} above zero, at most ${most}`);
  } else {
    return { op: 'load', amountMinor, currency };
  }
  return undefined;
}

function areWritable({ from, to }: PlainRow, wrong: Wrong): boolean {
  const beyond = Object.entries({ from, to }).filter(
    (entry): entry is ['from' | 'to', ServiceDate] => entry[1] !== undefined && !isWritableDay(entry[1]),
  );
  for (const [column, day] of beyond)
    wrong(column, `${column} is ${formatDate(day)}`, 'a day that a card can hold: from 2020 to 2199');
  return beyond.length === 0;
}

function isNamed(column: 'pass' | 'category', name: string, right: readonly string[], wrong: Wrong): boolean {
  if (right.includes(name)) return true;
  wrong(column, `no ${column} '${name}' in the tariff`, expectedOneOf(name, right));
  return false;
}
