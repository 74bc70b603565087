/**
 * What the collector answers to a batch: one result a record, in the batch's order, and how far each device's
 * sequence is now held without a gap. A field of a later schema is passed over: vehicles are older than collectors.
 */
import { z } from 'zod';

export const RESULTS = ['new', 'same', 'conflict', 'quarantined'] as const;
/**
 * `new`: kept now. `same`: was here already, byte for byte. `conflict`: this identity is held with another hash; both
 * are kept and shown. `quarantined`: kept apart, with the reason. After each of them the device may let go of it.
 */
export type Result = (typeof RESULTS)[number];

export const answerSchema = z.object({
  schema: z.literal(1),
  results: z.array(z.object({ result: z.enum(RESULTS), why: z.string().optional() })),
  acknowledged: z.array(
    z.object({
      deviceId: z.string(),
      epoch: z.string(),
      /** Every sequence up to and including this one is held. */
      through: z.int().nonnegative(),
    }),
  ),
});

export type Answer = z.infer<typeof answerSchema>;
export type RecordResult = Answer['results'][number];

/** What every refusal of a whole request says: nothing of it was kept. */
export const refusalSchema = z.object({
  error: z.object({ code: z.string(), what: z.string(), expected: z.string().optional() }),
});

export type RefusalBody = z.infer<typeof refusalSchema>;
