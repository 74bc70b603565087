/** `purse`, `openLoop` and `loyalty`: where the money comes from, and what it earns. */
import { z } from 'zod';
import { FUNDERS } from '../../tap.ts';
import {
  amount,
  covers,
  date,
  gtfsId,
  name,
  names,
  percent,
  product,
  signedAmount,
  source,
} from './words.ts';

export const purse = z.strictObject({
  media: names,
  /** The balance a ride may leave behind. */
  floor: signedAmount,
  /** Below zero `once`, until it is above again, or with every ride `to-floor`. */
  belowZero: z.enum(['once', 'to-floor']).default('once'),
  maximum: amount,
  source,
});

export const openLoop = z.strictObject({
  media: names,
  /** One payment a charging day. */
  aggregate: z.enum(['day']),
  /** What a bank card may ride for before its first payment was ever taken. */
  firstRide: amount,
  /** What may be owed before the day ends. */
  floorLimit: amount,
  /** How often a refused payment is tried again, in days after it. */
  retryDays: z.array(z.int().min(1)),
  source,
});

/** Whose vehicles ride which routes, where fares are shared among several. */
export const carrier = z.strictObject({ routes: z.array(gtfsId).default([]), source });

/**
 * What a journey came to, among the carriers it was made with: to each what was charged aboard (`boarding`), by what its
 * rides would have cost alone (`price`), or to every ride alike (`ride`).
 */
export const apportionment = z.strictObject({ by: z.enum(['boarding', 'price', 'ride']), source });

export const programme = z.strictObject({
  id: name,
  /** Who runs it; its statement is drawn by this name. */
  partner: name,
  /** What a point is worth when it is redeemed. */
  point: amount,
  accrual: z
    .array(
      z.strictObject({
        id: name,
        covers,
        /** So many for each ride, or of what the rider paid. */
        points: z.int().min(1).optional(),
        percent: percent.optional(),
        /** Also for a ride that costs its rider nothing: by pass, as a transfer, beyond a cap. */
        freeRides: z.boolean().default(false),
        campaign: z.strictObject({ from: date, to: date }).optional(),
        source,
      }),
    )
    .min(1),
  redemption: z
    .strictObject({
      product,
      /** Of a ride's price, at most. */
      atMost: percent,
      /** Who bears the discount. */
      bearer: z.enum(FUNDERS),
    })
    .optional(),
  source,
});
