/** The telegrams of VDV 300 that are read, as a table (DEVICES.md 4). What is not in it is nobody's guess. */
import { vdvDigit, vdvText } from './text.ts';

export type Telegram =
  | { readonly kind: 'line'; readonly line: string }
  /** Which of the line's vehicles of the day this is. */
  | { readonly kind: 'course'; readonly course: number }
  | { readonly kind: 'destination'; readonly destination: number | string }
  /** What a validator stamps; every operator has its own. */
  | { readonly kind: 'validator'; readonly attributes: string }
  /** The operator's number of the stop. */
  | { readonly kind: 'stop'; readonly stop: string }
  | { readonly kind: 'stop-text'; readonly text: string }
  /** A place on the line's own display, from 0. */
  | { readonly kind: 'stop-index'; readonly index: number }
  | { readonly kind: 'next-stop'; readonly text: string }
  | { readonly kind: 'time'; readonly hour: number; readonly minute: number }
  /** `yearDigit`: the last one. */
  | { readonly kind: 'date'; readonly day: number; readonly month: number; readonly yearDigit: number }
  /** How is the device with this address? */
  | { readonly kind: 'status-poll'; readonly address: number };

interface Form {
  readonly name: string;
  readonly form: RegExp;
  /** Undefined where the form fits and the content does not. */
  readonly read: (first: string, second: string, third: string) => Telegram | undefined;
}

const FORMS: readonly Form[] = [
  { name: 'DS001', form: /^l(\d{3,4})$/, read: line => ({ kind: 'line', line: bare(line) }) },
  { name: 'DS001neu', form: /^q([ -~]{4})$/, read: line => ({ kind: 'line', line: bare(line.trim()) }) },
  { name: 'DS002', form: /^k(\d{2})$/, read: course => ({ kind: 'course', course: Number(course) }) },
  {
    name: 'DS003',
    form: /^z(\d{3})$/,
    read: number => ({ kind: 'destination', destination: Number(number) }),
  },
  {
    name: 'DS003a',
    form: /^zA([0-?])(.*)$/s,
    read: (blocks, text) => blocked(blocks, 16, text, destination => ({ kind: 'destination', destination })),
  },
  { name: 'DS004', form: /^e(\d{6})$/, read: attributes => ({ kind: 'validator', attributes }) },
  { name: 'DS004a', form: /^eA(\d{4})$/, read: attributes => ({ kind: 'validator', attributes }) },
  { name: 'DS004b', form: /^eH(\d{7})$/, read: stop => ({ kind: 'stop', stop: bare(stop) }) },
  {
    name: 'DS004c',
    form: /^eT([0-?])(.*)$/s,
    read: (blocks, text) => blocked(blocks, 4, text, stop => ({ kind: 'stop-text', text: stop })),
  },
  { name: 'DS005', form: /^u(\d{2})(\d{2})$/, read: readTime },
  { name: 'DS006', form: /^d(\d{2})(\d{2})(\d)$/, read: readDate },
  {
    name: 'DS009',
    form: /^v(.{16}|.{20}|.{24})$/s,
    read: text => ({ kind: 'next-stop', text: vdvText(text) }),
  },
  { name: 'DS010', form: /^xH?(\d{4})$/, read: stop => ({ kind: 'stop', stop: bare(stop) }) },
  { name: 'DS010b', form: /^xI(\d{2})$/, read: index => ({ kind: 'stop-index', index: Number(index) }) },
  { name: 'DS020', form: /^a([0-?])$/, read: readPoll },
];

export type ReadTelegram =
  | { readonly kind: 'telegram'; readonly telegram: Telegram }
  /** `what`: the telegram it may be, or its first letters. */
  | { readonly kind: 'unknown'; readonly what: string };

export function readTelegram(text: string): ReadTelegram {
  for (const { name, form, read } of FORMS) {
    const match = form.exec(text);
    if (match === null) continue;
    const [, first = '', second = '', third = ''] = match;
    const telegram = read(first, second, third);
    if (telegram === undefined) return { kind: 'unknown', what: `telegram ${name} that makes no sense` };
    return { kind: 'telegram', telegram };
  }
  // What follows 'v' is the stop's name already.
  const letters = /^(?:v|[a-z][A-Z]?)/.exec(text)?.[0];
  return { kind: 'unknown', what: letters === undefined ? 'no telegram' : `telegram ${letters}…` };
}

/** Numbers are padded with zeros on the wire, and stand without them in every timetable. */
function bare(digits: string): string {
  return digits.replace(/^0+(?=.)/, '');
}

/** A text in blocks, their number before it. */
function blocked(
  blocks: string,
  size: number,
  text: string,
  telegram: (text: string) => Telegram,
): Telegram | undefined {
  return text.length === (vdvDigit(blocks) ?? 0) * size ? telegram(vdvText(text)) : undefined;
}

function readTime(hours: string, minutes: string): Telegram | undefined {
  const [hour, minute] = [Number(hours), Number(minutes)];
  return hour < 24 && minute < 60 ? { kind: 'time', hour, minute } : undefined;
}

function readDate(days: string, months: string, years: string): Telegram | undefined {
  const [day, month, yearDigit] = [Number(days), Number(months), Number(years)];
  const isDay = day >= 1 && day <= 31 && month >= 1 && month <= 12;
  return isDay ? { kind: 'date', day, month, yearDigit } : undefined;
}

function readPoll(digit: string): Telegram | undefined {
  const address = vdvDigit(digit);
  return address === undefined ? undefined : { kind: 'status-poll', address };
}
