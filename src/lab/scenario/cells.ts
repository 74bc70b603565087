/** What the text of a cell may be, whether it stands in YAML or in CSV: its value, or what is wrong with it. */
import { exponentOf, type MinorUnits, parseAmount } from '../../core/money.ts';
import type { Said } from '../../core/source/issue.ts';
import { expectedOneOf } from '../../core/suggest.ts';
import { monthOf, parseDate, type ServiceDate } from '../../core/time.ts';
import type { Names } from './names.ts';

type Cell<T> = { readonly value: T } | Said;

export type ReadCell<T> = (text: string, names: Names) => Cell<T>;

/** What a table of cells gives: each of its columns may be absent. */
export type Cells<Columns extends Readonly<Record<string, ReadCell<unknown>>>> = {
  readonly [Name in keyof Columns]?: Columns[Name] extends ReadCell<infer Value> ? Value : never;
};

export const text: ReadCell<string> = value => ({ value });

/** One of few words. `what` names them in an error: `no reason 'fare-payed'`. */
export function oneOf<const Word extends string>(what: string, words: readonly Word[]): ReadCell<Word> {
  return found => {
    const value = words.find(word => word === found);
    return value === undefined ? unknown(what, found, words) : { value };
  };
}

type NameKind = Exclude<keyof Names, 'currency'>;

export function named(kind: NameKind): ReadCell<string> {
  return (name, names) => {
    const known = names[kind];
    return known === undefined || known.includes(name) ? { value: name } : unknown(kind, name, known);
  };
}

/** Several, parted by spaces. */
export function allNamed(kind: NameKind): ReadCell<readonly string[]> {
  return (written, names) => {
    const value = written.split(/\s+/);
    const known = names[kind];
    const wrong = value.find(name => known !== undefined && !known.includes(name));
    return wrong === undefined ? { value } : unknown(kind, wrong, known ?? []);
  };
}

function unknown(what: string, name: string, known: readonly string[]): Said {
  return { what: `no ${what} '${name}'`, expected: expectedOneOf(name, known) };
}

const AMOUNT = /^(?:([A-Z]{3}) ?)?(-?\d{1,12}(?:\.\d+)?)(?: ?([A-Z]{3}))?$/;

/** `8.40`, `8.40 RUB` or `RUB 8.40`: in minor units of the tariff's currency. */
export const amount: ReadCell<MinorUnits> = (found, { currency }) => {
  const [, before, digits = '', after] = AMOUNT.exec(found) ?? [];
  const written = before ?? after ?? currency;
  if (written !== currency)
    return { what: `'${found}' is in ${written}`, expected: `an amount in ${currency}` };
  if (digits === '') return { what: `'${found}' is no amount`, expected: `a decimal amount in ${currency}` };
  const value = parseAmount(digits, currency);
  if (value !== undefined) return { value };
  const decimals = exponentOf(currency);
  const expected = decimals === 0 ? `whole ${currency}` : `at most ${decimals} decimals in ${currency}`;
  return { what: `'${found}' has too many decimals`, expected };
};

export function whole(least: number, most: number): ReadCell<number> {
  return found => {
    const value = /^\d{1,9}$/.test(found) ? Number(found) : Number.NaN;
    if (value >= least && value <= most) return { value };
    return { what: `'${found}' is no such number`, expected: `a whole number from ${least} to ${most}` };
  };
}

export const day: ReadCell<ServiceDate> = found => {
  const value = parseDate(found);
  return value === undefined ? { what: `'${found}' is no day`, expected: 'a day: 2026-03-02' } : { value };
};

/** `2026-03` -> 202603. */
export const month: ReadCell<number> = found => {
  const first = parseDate(`${found}-01`);
  if (first !== undefined) return { value: monthOf(first) };
  return { what: `'${found}' is no month`, expected: 'a month: 2026-03' };
};

export const yesOrNo: ReadCell<boolean> = found => {
  if (found === 'true' || found === 'false') return { value: found === 'true' };
  return { what: `'${found}' is neither`, expected: 'true or false' };
};
