/** `networks` and `transfers`: how taps become journeys, and what a journey of several rides costs. */
import { z } from 'zod';
import { amount, durationMs, gtfsId, name, names, percent, product, source } from './words.ts';

/** A price named in the tables, or nothing at all. */
const price = z.literal('free').or(z.strictObject({ fareProduct: gtfsId }));

/** Within `upTo`; without it, for every longer time. */
const step = z.strictObject({
  upTo: durationMs.optional(),
  inclusive: z.boolean().default(true),
  price,
  product: product.optional(),
});

export const network = z.strictObject({
  taps: z.enum(['entry-only', 'entry-exit']),
  /** Where a ride without an exit is taken to end: where it began, at the end of its line, or where the driver says. */
  estimate: z.enum(['none', 'end-of-line', 'chosen']).default('none'),
  /** Taken at entry, given back at exit. */
  deposit: z.strictObject({ fareProduct: gtfsId, product }).optional(),
  /** What an entry without an exit, or an exit without an entry, costs. */
  incomplete: z
    .strictObject({
      fareProduct: gtfsId,
      product,
      /** Where the known end lies, in these areas, another product. */
      areas: z.record(gtfsId, gtfsId).optional(),
      countsTowardsCaps: z.boolean().default(false),
    })
    .optional(),
  /** An incomplete journey is taken for the rider's most frequent one from there, so often a month. */
  autoCompletion: z.strictObject({ perMonth: z.int().min(1), afterSame: z.int().min(2), product }).optional(),
  /** Out where one came in: by the time between; steps in ascending order. */
  sameStop: z.array(step).optional(),
  /** A journey that takes longer is two incomplete ones; the step of its zones, counted as areas apart, decides. */
  maximumTime: z
    .array(
      z.strictObject({
        zones: z.int().min(1).optional(),
        timeframes: z.array(gtfsId).optional(),
        atMost: durationMs,
        inclusive: z.boolean().default(true),
      }),
    )
    .optional(),
  /** Out and in again within so long is one journey: at the same stop, or between the stops of a group. */
  linking: z
    .strictObject({
      within: durationMs,
      inclusive: z.boolean(),
      stops: z.array(z.array(gtfsId).min(2)).default([]),
    })
    .optional(),
  source,
});

export const transfer = z.strictObject({
  id: name,
  product,
  /** How long the window is open, and from when. */
  window: durationMs,
  from: z.enum(['paid-entry', 'last-entry', 'last-exit']).default('paid-entry'),
  /** Is exactly at the limit still in? */
  inclusive: z.boolean(),
  count: z.int().min(1).or(z.literal('unlimited')),
  sameRoute: z.enum(['allowed', 'refused']),
  /** A transfer only between two networks, never within one. */
  otherNetwork: z.boolean().default(false),
  /** The networks it leads from and to; rides in others neither use nor end it. */
  networks: z.array(gtfsId).min(1).optional(),
  /** The carriers it leads from and to, likewise. */
  carriers: names.optional(),
  media: names,
  categories: names,
  /** What the next ride costs: nothing, so much less, so much of its price, without its base, or what it is dearer. */
  price: z
    .enum(['free', 'without-base', 'difference'])
    .or(z.strictObject({ minus: amount }))
    .or(z.strictObject({ percent }))
    .default('free'),
  groupCovered: z.boolean(),
  freeRideOpensWindow: z.boolean(),
  /** Not while the purse is below zero. */
  suspendedBelowZero: z.boolean().default(false),
  source,
});

/** A product whose price in the tables is only the base: so much more with the way, which `distances.txt` tells. */
export const distance = z.strictObject({
  fareProduct: gtfsId,
  /** One after another, from the first metre on; the last may have no end. */
  steps: z
    .array(
      z.strictObject({
        upToMetres: z.int().min(1).optional(),
        everyMetres: z.int().min(1),
        /** May be finer than the currency: the sum is rounded. */
        add: amount,
        /** Begun stretches count whole; else each metre its share. */
        begun: z.boolean(),
      }),
    )
    .min(1),
  source,
});
