/**
 * What the text of a cell may be, by the field types of the GTFS reference ("Field Types"): one line a type.
 */
import { CURRENCIES } from '../core/money.ts';
import { expectedOneOf } from '../core/suggest.ts';
import type { ServiceDate } from '../core/time.ts';
import { parseDate } from '../core/time.ts';
import { expectedTimeZone, isTimeZone } from '../core/time-zone.ts';

/** The value that each field type gives. An amount stays decimal text: its exponent is its currency's (law 1). */
export interface Values {
  readonly id: string;
  readonly text: string;
  readonly integer: number;
  readonly count: number;
  readonly number: number;
  readonly latitude: number;
  readonly longitude: number;
  /** Seconds since noon minus twelve hours of the service day; runs beyond 86,400. */
  readonly time: number;
  readonly date: ServiceDate;
  readonly amount: string;
  readonly currency: string;
  readonly timezone: string;
}

/** A field type by name, or the whole numbers that a closed list allows. */
export type ColumnType = keyof Values | readonly number[];

export type Value<T extends ColumnType> = T extends keyof Values
  ? Values[T]
  : T extends readonly number[]
    ? T[number]
    : never;

export interface Column {
  readonly name: string;
  /** The header must have it and no row may leave it empty. */
  readonly required: boolean;
  readonly type: ColumnType;
}

export function required<const N extends string, const T extends ColumnType>(name: N, type: T) {
  return { name, required: true, type } as const;
}

export function optional<const N extends string, const T extends ColumnType>(name: N, type: T) {
  return { name, required: false, type } as const;
}

/** `read` gives undefined for what is not of the type; it never sees an empty cell. */
export interface CellType<V> {
  /** In place of the text that was refused. */
  readonly expected: string | ((text: string) => string);
  readonly read: (text: string) => V | undefined;
}

const CELL_TYPES: { readonly [T in keyof Values]: CellType<Values[T]> } = {
  id: { expected: 'an id', read: text => text },
  text: { expected: 'text', read: text => text },
  integer: { expected: 'a whole number', read: text => wholeNumber(text, -999_999_999) },
  count: { expected: 'a whole number from 0', read: text => wholeNumber(text, 0) },
  number: { expected: 'a number such as 12.5', read: text => decimal(text, Number.MAX_VALUE) },
  latitude: { expected: 'degrees from -90 to 90, such as 57.15303', read: text => decimal(text, 90) },
  longitude: { expected: 'degrees from -180 to 180, such as 65.53433', read: text => decimal(text, 180) },
  time: { expected: 'H:MM:SS, such as 25:35:00 for 01:35 the next day', read: timeOfService },
  date: { expected: 'a day as YYYYMMDD', read: text => (text.length === 8 ? parseDate(text) : undefined) },
  amount: { expected: 'a decimal amount such as 2.50', read: text => matching(/^-?\d{1,12}(\.\d+)?$/, text) },
  currency: { expected: currencyInsteadOf, read: text => (CURRENCIES.includes(text) ? text : undefined) },
  timezone: { expected: expectedTimeZone, read: text => (isTimeZone(text) ? text : undefined) },
};

/** How cells of `type` are read. */
export function cellType<T extends ColumnType>(type: T): CellType<Value<T>>;
export function cellType(type: ColumnType): CellType<string | number> {
  return typeof type === 'string' ? CELL_TYPES[type] : oneOf(type);
}

function oneOf(allowed: readonly number[]): CellType<number> {
  return {
    expected: `one of ${allowed.join(', ')}`,
    read: text => {
      const value = wholeNumber(text, 0);
      return value !== undefined && allowed.includes(value) ? value : undefined;
    },
  };
}

// The two below run millions of times in an import: by character codes they cost a fifth of a regular expression.

function wholeNumber(text: string, least: number): number | undefined {
  const sign = text.charCodeAt(0);
  const signed = sign === MINUS || sign === PLUS;
  const magnitude = digits(text, signed ? 1 : 0, text.length);
  if (magnitude === undefined) return undefined;
  const value = sign === MINUS ? -magnitude : magnitude;
  return value >= least ? value : undefined;
}

function timeOfService(text: string): number | undefined {
  const end = text.length;
  if (end < 7 || text.charCodeAt(end - 3) !== COLON || text.charCodeAt(end - 6) !== COLON) return undefined;
  const hours = digits(text, 0, end - 6);
  const minutes = digits(text, end - 5, end - 3);
  const seconds = digits(text, end - 2, end);
  if (hours === undefined || minutes === undefined || seconds === undefined) return undefined;
  return hours > HOURS || minutes > 59 || seconds > 59 ? undefined : hours * 3600 + minutes * 60 + seconds;
}

const [ZERO, NINE, COLON, PLUS, MINUS] = [48, 57, 58, 43, 45];

/** The longest trip that has a meaning: a week. */
const HOURS = 168;

/** One to nine digits between two places of `text`. */
function digits(text: string, start: number, end: number): number | undefined {
  if (end <= start || end - start > 9) return undefined;
  let value = 0;
  for (let at = start; at < end; at += 1) {
    const code = text.charCodeAt(at);
    if (code < ZERO || code > NINE) return undefined;
    value = value * 10 + (code - ZERO);
  }
  return value;
}

function decimal(text: string, most: number): number | undefined {
  if (!/^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/.test(text)) return undefined;
  const value = Number(text);
  return Math.abs(value) <= most ? value : undefined;
}

function matching(pattern: RegExp, text: string): string | undefined {
  return pattern.test(text) ? text : undefined;
}

function currencyInsteadOf(text: string): string {
  return /^[A-Za-z]{3}$/.test(text) ? expectedOneOf(text, CURRENCIES) : 'an ISO 4217 code such as RUB';
}
