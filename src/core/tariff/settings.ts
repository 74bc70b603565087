/**
 * The shape of `tariff.yaml` (RECORDS.md 5): what GTFS Fares v2 has no words for. A key that is not here is refused by
 * name; a key that is here is kept to. Every rule says its source, `assumed` where nobody published it.
 */
import { z } from 'zod';
import { CARD_FORMS } from '../card/face.ts';
import { ROUNDING_MODES } from '../money.ts';
import { ASSURANCES, FUNDERS } from '../tap.ts';
import { DAY_MS, parseDate, parseDuration, parseTimeOfDay } from '../time.ts';

function written(pattern: RegExp, expected: string) {
  const message = `expected ${expected}`;
  return z.string(message).regex(pattern, message);
}

const name = written(/^[a-z0-9][a-z0-9-]{0,40}$/, 'a short name in lower case: a-z, 0-9, -');
const source = written(/./, "where this was published, or 'assumed'");
const amount = written(/^\d+(\.\d+)?$/, "a decimal amount in quotes: '0.01'");

function readable<T>(parse: (text: string) => T | undefined, expected: string) {
  const message = `expected ${expected}`;
  return z.string(message).transform((value, context): T => {
    const parsed = parse(value);
    if (parsed !== undefined) return parsed;
    context.addIssue({ code: 'custom', message, input: value });
    return z.NEVER;
  });
}

const durationMs = readable(parseDuration, "a length of time: '60 min', '2 s', '1 h'");
const date = readable(parseDate, 'a date: 2026-01-01');
const timeOfDay = readable(text => {
  const seconds = parseTimeOfDay(text);
  return seconds !== undefined && seconds * 1000 < DAY_MS ? seconds : undefined;
}, "a time of day in quotes: '04:30'");
/** `09-01` -> 901: month and day, every year. */
const dayOfYear = readable(
  text => (/^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/.test(text) ? Number(text.replace('-', '')) : undefined),
  "a day of the year in quotes: '09-01'",
);

const media = z.strictObject({
  /** `fare_media_id` of the Fares v2 tables. */
  fareMedia: z.string(),
  /** Card forms that are taken for this class where no entitlement says otherwise. */
  recognise: z.array(z.enum(CARD_FORMS)),
  assurance: z.enum(ASSURANCES),
  source,
});

const category = z.strictObject({
  ridersPerTrip: z.int().min(1).max(100),
  /** Whose fare is paid when the quota is spent, the season is over or the proof has expired. */
  fallback: name.optional(),
  quota: name.optional(),
  /** Both days included; may run over the new year. */
  season: z.strictObject({ from: dayOfYear, to: dayOfYear }).optional(),
  source,
});

const concession = z.strictObject({
  category: name,
  product: z.int().positive(),
  /** What the rider pays of the named reference price, not of what they would otherwise pay. */
  percent: z.number().min(0).max(100).multipleOf(0.01),
  of: z.strictObject({ fareProduct: z.string(), fareMedia: z.string() }),
  /** Who bears the rest of the reference price. */
  rest: z.enum(FUNDERS),
  source,
});

const transfer = z.strictObject({
  id: name,
  product: z.int().positive(),
  /** The window opens at the entry of the ride that was paid. */
  window: durationMs,
  /** Is exactly at the limit still in? */
  inclusive: z.boolean(),
  count: z.int().min(1),
  sameRoute: z.enum(['allowed', 'refused']),
  media: z.array(name).min(1),
  categories: z.array(name).min(1),
  groupCovered: z.boolean(),
  freeRideOpensWindow: z.boolean(),
  source,
});

const quota = z.strictObject({
  /** `2026-03`: rides in that month, as published. */
  months: z.record(written(/^\d{4}-(0[1-9]|1[0-2])$/, 'a month: 2026-03'), z.int().min(0)),
  /** A month that is not in the table: ride on the concession and say it was not known, or pay the fallback. */
  unpublished: z.enum(['grace', 'fallback']),
  source,
});

const whenUncertain = z.enum(['grace', 'decline']);

export const settingsSchema = z.strictObject({
  formatVersion: z.literal(1),
  tariffId: name,
  revision: z.int().min(1),
  supersedes: z.string().optional(),
  name: z.strictObject({ en: z.string(), ru: z.string() }),
  effective: z.strictObject({ from: date, to: date.optional(), by: z.enum(['first-entry', 'tap']) }),
  source,
  currency: written(/^[A-Z]{3}$/, 'an ISO 4217 code: RUB'),
  rounding: z.strictObject({ mode: z.enum(ROUNDING_MODES), step: amount, stage: z.enum(['line']), source }),
  timezone: z.string(),
  dayStart: timeOfDay,
  timeResolution: z.enum(['s', 'min']),
  media: z.record(name, media),
  defaultCategory: name,
  categories: z.record(name, category),
  products: z.array(
    z.strictObject({
      id: z.int().positive(),
      fareProduct: z.string().optional(),
      name: z.strictObject({ en: z.string(), ru: z.string() }),
    }),
  ),
  concessions: z.array(concession),
  transfers: z.array(transfer),
  passback: z.strictObject({
    /** Within it the last answer repeats and nothing is recorded. */
    debounce: durationMs,
    /** Within it, on the same trip, the same medium pays for a further rider. */
    furtherRider: durationMs,
    /** For so long after that, on the same trip, it is refused; later it is a new ride. */
    refuse: durationMs,
    source,
  }),
  quotas: z.record(name, quota),
  uncertain: z.strictObject({
    noStop: whenUncertain,
    noClock: whenUncertain,
    noEntitlement: whenUncertain,
    staleStopList: whenUncertain,
    source,
  }),
});

export type TariffSettings = z.output<typeof settingsSchema>;
