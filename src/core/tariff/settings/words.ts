/** The words every section of `tariff.yaml` is written in: names, amounts, lengths of time, and what a rule covers. */
import { z } from 'zod';
import { DAY_MS, parseDate, parseDuration, parseTimeOfDay } from '../../time.ts';

export function written(pattern: RegExp, expected: string) {
  const message = `expected ${expected}`;
  return z.string(message).regex(pattern, message);
}

function readable<T>(parse: (text: string) => T | undefined, expected: string) {
  const message = `expected ${expected}`;
  return z.string(message).transform((value, context): T => {
    const parsed = parse(value);
    if (parsed !== undefined) return parsed;
    context.addIssue({ code: 'custom', message, input: value });
    return z.NEVER;
  });
}

export const name = written(/^[a-z0-9][a-z0-9-]{0,40}$/, 'a short name in lower case: a-z, 0-9, -');
export const names = z.array(name).min(1);
export const source = written(/./, "where this was published, or 'assumed'");
/** Text, so that no float ever holds it. */
function decimal(example: string) {
  const message = `expected a decimal amount in quotes: '${example}'`;
  return z.string(message).refine(text => /^-?\d+(\.\d+)?$/.test(text), message);
}
export const signedAmount = decimal('-10.00');
export const amount = decimal('8.90').refine(text => !/^-\d/.test(text), 'expected zero or more');
export const bilingual = z.strictObject({ en: z.string(), ru: z.string() });
/** The number of an entry under `products`. */
export const product = z.int().positive();
/** An id of the Fares v2 tables: no rule of ours for its form. */
export const gtfsId = written(/./, 'an id of the fare tables');
/** At most two decimals, so that hundredths of a percent are whole. */
export const percent = z.number().min(0).max(100).multipleOf(0.01);

export const durationMs = readable(parseDuration, "a length of time: '60 min', '2 s', '1 h'");
export const date = readable(parseDate, 'a date: 2026-01-01');
export const timeOfDay = readable(text => {
  const seconds = parseTimeOfDay(text);
  return seconds !== undefined && seconds * 1000 < DAY_MS ? seconds : undefined;
}, "a time of day in quotes: '04:30'");
/** `09-01` -> 901: month and day, every year; 29 February is one, as a year that has it says. */
export const dayOfYear = readable(
  text => (parseDate(`2024-${text}`) === undefined ? undefined : Number(text.replace('-', ''))),
  "a day of the year in quotes: '09-01'",
);

/** In GTFS's order of `calendar.txt`'s columns; `weekdayOf` counts from Sunday. */
export const WEEKDAYS = [
  'sunday',
  'monday',
  'tuesday',
  'wednesday',
  'thursday',
  'friday',
  'saturday',
] as const;
export const weekday = z.enum(WEEKDAYS);

/** Which rides a rule is about; what is not named is not asked. */
export const covers = z.strictObject({
  networks: z.array(gtfsId).min(1).optional(),
  /** Both ends of the ride lie in one of these areas. */
  areas: z.array(gtfsId).min(1).optional(),
  /** The ride begins within one of these timeframe groups. */
  timeframes: z.array(gtfsId).min(1).optional(),
  media: names.optional(),
  categories: names.optional(),
});
export type Covers = z.output<typeof covers>;

/** A stretch of charging days: `calendar` begins with the day, week or month, `first-ride` with the ride that opens it. */
export const period = z.strictObject({
  every: z.enum(['day', 'week', 'month']).or(z.strictObject({ days: z.int().min(1).max(400) })),
  starts: z.enum(['calendar', 'first-ride']),
});
export type Period = z.output<typeof period>;
