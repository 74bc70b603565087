/** `media`, `categories`, `quotas`, `discounts` and `concessions`: who pays, and by what right less. */
import { z } from 'zod';
import { MEDIUM_FORMS } from '../../card/face.ts';
import { ASSURANCES, FUNDERS } from '../../tap.ts';
import { amount, covers, dayOfYear, gtfsId, name, percent, product, source, written } from './words.ts';

export const medium = z.strictObject({
  /** `fare_media_id` of the Fares v2 tables. */
  fareMedia: gtfsId,
  /** Forms that are taken for this class where no entitlement says otherwise. */
  recognise: z.array(z.enum(MEDIUM_FORMS)),
  assurance: z.enum(ASSURANCES),
  /** Where a medium carries fewer than its holder's category may. */
  ridersPerTrip: z.int().min(1).max(100).optional(),
  source,
});

export const category = z.strictObject({
  ridersPerTrip: z.int().min(1).max(100),
  /** `rider_category_id` of the Fares v2 tables, where it is another name. */
  riderCategory: gtfsId.optional(),
  /** Full years of the rider, both included: who may hold it by age alone. */
  ages: z.strictObject({ from: z.int().min(0), to: z.int().max(150) }).optional(),
  /** Whose fare is paid when the quota is spent, the season is over or the proof has expired. */
  fallback: name.optional(),
  quota: name.optional(),
  /** Both days included; may run over the new year. */
  season: z.strictObject({ from: dayOfYear, to: dayOfYear }).optional(),
  source,
});

/** What the rider pays of the named reference price, not of what they would otherwise pay. */
export const concession = z.strictObject({
  category: name,
  product,
  percent,
  of: z.strictObject({ fareProduct: gtfsId, fareMedia: gtfsId }),
  /** Who bears the rest of the reference price. */
  rest: z.enum(FUNDERS),
  source,
});

/** Taken off what the ride itself costs: first `minus`, then the percentage of what is left is paid. */
export const discount = z.strictObject({
  id: name,
  product,
  covers,
  minus: amount.optional(),
  percent: percent.optional(),
  source,
});

export const quota = z.strictObject({
  /** `2026-03`: rides in that month, as published. */
  months: z.record(written(/^\d{4}-(0[1-9]|1[0-2])$/, 'a month: 2026-03'), z.int().min(0)),
  /** A month that is not in the table: ride on the concession and say it was not known, or pay the fallback. */
  unpublished: z.enum(['grace', 'fallback']),
  source,
});
