/** `caps`, `passes` and `bestValue`: no more than so much, whatever is ridden. */
import { z } from 'zod';
import {
  amount,
  covers,
  durationMs,
  gtfsId,
  name,
  names,
  percent,
  period,
  product,
  source,
} from './words.ts';

export const cap = z.strictObject({
  id: name,
  product,
  /** So much money, so many rides, or so many journeys: rides that continue one are none of their own. */
  limit: z
    .strictObject({ amount })
    .or(z.strictObject({ rides: z.int().min(1) }))
    .or(z.strictObject({ journeys: z.int().min(1) })),
  period,
  covers,
  /** What is added up: what was paid, or what the rides would have cost. */
  counts: z.enum(['paid', 'price']).default('paid'),
  /** Only rides that cost something count as rides. */
  freeRidesCount: z.boolean().default(false),
  /** Do further riders on one card fill it, and are they covered by it? */
  groupCounts: z.boolean().default(false),
  /** What is still paid beyond the limit, of each ride. */
  beyond: percent.default(0),
  /** A pass that comes with reaching it, for the rest of the period. */
  gives: name.optional(),
  source,
});

export const pass = z.strictObject({
  id: name,
  product,
  /** What it is sold for, where best value may choose it. */
  fareProduct: gtfsId.optional(),
  /** Days it is good for; `fixed` from a date on the pass, `first-use` from the first ride on it. */
  period: period.optional(),
  valid: z.enum(['fixed', 'first-use']),
  /** A carnet: so many rides. */
  rides: z.int().min(1).optional(),
  covers,
  /** A ride that leaves its areas: paid whole, what it is dearer, or from the boundary on. */
  extension: z.enum(['none', 'difference', 'from-boundary']).default('none'),
  source,
});

/** After the fact never more than the cheapest of singles and these passes that covers the same journeys. */
export const bestValue = z.strictObject({ id: name, product, passes: names, covers, source });

/** The order areas are crossed in, from the centre outwards, for a zone extension and for counting zones. */
export const areaOrder = z.array(gtfsId).min(2);

export const passback = z.strictObject({
  /** Within it the last answer repeats and nothing is recorded. */
  debounce: durationMs,
  /** Within it, on the same trip, the same medium pays for a further rider. */
  furtherRider: durationMs,
  /** Are both windows' limits still in? */
  inclusive: z.boolean().default(true),
  /** `trigger`: only where a button or the driver's word asks for one, then on the whole trip. */
  group: z.enum(['window', 'trigger']).default('window'),
  /** For so long after that, on the same trip, it is refused; later it is a new ride. */
  refuse: durationMs,
  source,
});
