/**
 * The shape of `tariff.yaml` (RECORDS.md 5): what GTFS Fares v2 has no words for. A key that is not here is refused by
 * name; a key that is here is kept to. Every rule says its source, `assumed` where nobody published it.
 */
import { z } from 'zod';
import { ROUNDING_MODES } from '../money.ts';
import { DRAFTS } from './drafts.ts';
import { distance, network, transfer } from './settings/journeys.ts';
import { areaOrder, bestValue, cap, pass, passback } from './settings/limits.ts';
import { category, concession, discount, medium, quota } from './settings/payers.ts';
import { apportionment, carrier, openLoop, programme, purse } from './settings/payment.ts';
import {
  amount,
  bilingual,
  date,
  gtfsId,
  name,
  product,
  source,
  timeOfDay,
  weekday,
  written,
} from './settings/words.ts';

/** Prices that held before, or will: the same rules over other tables of products. */
const version = z.strictObject({
  revision: z.int().min(1),
  /** `after`: it began some day after this one, and nobody published which. */
  from: date.or(z.strictObject({ after: date })),
  to: date.optional(),
  /** The file that stands in `fare_products.txt`'s place. */
  fareProducts: written(/^[\w.-]+\.txt$/, 'the name of a table in this folder'),
  source,
});

/** `ask`: when its holder holds it there again. */
const FALLBACKS = ['never', 'ask', 'always'] as const;

const whenUncertain = z.enum(['grace', 'decline']);

export const settingsSchema = z.strictObject({
  formatVersion: z.literal(1),
  tariffId: name,
  revision: z.int().min(1),
  supersedes: z.string().optional(),
  name: bilingual,
  effective: z.strictObject({ from: date, to: date.optional(), by: z.enum(['first-entry', 'tap']) }),
  versions: z.array(version).default([]),
  drafts: z.array(z.enum(DRAFTS)).default([]),
  source,
  currency: written(/^[A-Z]{3}$/, 'an ISO 4217 code: RUB'),
  rounding: z.strictObject({
    mode: z.enum(ROUNDING_MODES),
    step: amount,
    stage: z.enum(['line', 'journey', 'day']),
    source,
  }),
  timezone: z.string(),
  dayStart: timeOfDay,
  weekStart: weekday.default('monday'),
  timeResolution: z.enum(['s', 'min']),
  media: z.record(name, medium),
  defaultCategory: name,
  categories: z.record(name, category),
  products: z.array(z.strictObject({ id: product, fareProduct: gtfsId.optional(), name: bilingual })),
  concessions: z.array(concession).default([]),
  discounts: z.array(discount).default([]),
  networks: z.record(gtfsId, network).default({}),
  distances: z.array(distance).default([]),
  areaOrder: areaOrder.optional(),
  transfers: z.array(transfer).default([]),
  passback,
  quotas: z.record(name, quota).default({}),
  caps: z.array(cap).default([]),
  passes: z.array(pass).default([]),
  bestValue: z.array(bestValue).default([]),
  purse: purse.optional(),
  openLoop: openLoop.optional(),
  /** Whether a card whose transit application has nothing valid may pay by its bank application. */
  fallbackToPayment: z.enum(FALLBACKS).default('never'),
  loyalty: z.array(programme).default([]),
  carriers: z.record(name, carrier).default({}),
  apportionment: apportionment.optional(),
  uncertain: z.strictObject({
    noStop: whenUncertain,
    noClock: whenUncertain,
    noEntitlement: whenUncertain,
    staleStopList: whenUncertain,
    source,
  }),
});

export type TariffSettings = z.output<typeof settingsSchema>;
