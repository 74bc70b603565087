/** Tables as machines read them: CSV, and one object a row. Amounts are decimal in major units, `-12.50`. */
import Papa from 'papaparse';
import { formatAmount, type MinorUnits } from '../../core/money.ts';
import type { Cell, Column, Table } from './tables.ts';

export function csvOf({ columns, rows }: Table, currency: string): string {
  const data = rows.map(row => columns.map((column, index) => written(column, row[index], currency) ?? ''));
  const fields = columns.map(({ key }) => key);
  return `${Papa.unparse({ fields, data }, { newline: '\n', escapeFormulae: FORMULA })}\n`;
}

/** What a spreadsheet would work out instead of showing it; a number below zero is none, and `-1+1` is no number. */
const FORMULA = /^[=+@\t\r]|^-(?!\d+(?:\.\d+)?$)/;

/** `{"table": "category", "category": "pupil", …}`: counts and shares are numbers, what is not known is absent. */
export function objectsOf({ name, columns, rows }: Table, currency: string): readonly object[] {
  return rows.map(row => ({
    table: name,
    ...Object.fromEntries(
      columns.map((column, index) => [camel(column.key), written(column, row[index], currency)]),
    ),
  }));
}

/** `riders_pay_old` -> `ridersPayOld`: as JSON names things here. */
function camel(key: string): string {
  return key.replace(/_(.)/g, (_, letter: string) => letter.toUpperCase());
}

function written({ kind }: Column, cell: Cell, currency: string): Cell {
  if (typeof cell !== 'number') return cell;
  switch (kind) {
    case 'amount':
    case 'change':
      return formatAmount(cell as MinorUnits, currency);
    case 'share':
      return Math.round(cell * 1_000_000) / 1_000_000;
    case 'text':
    case 'order':
    case 'count':
      return cell;
    default:
      return kind satisfies never;
  }
}
