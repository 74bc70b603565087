/**
 * Synthetic cards, the only place where raw numbers stand (RECORDS.md 2): who taps in the demo and in tests, and what
 * the back office knows of each.
 */
import { z } from 'zod';
import { bytesOfHex } from '../hex.ts';
import { monthOf, parseDate, parseInstant } from '../time.ts';
import { CARD_FORMS, type CardFace, UID_LENGTHS } from './face.ts';

const uid = z.custom<string>(
  value =>
    typeof value === 'string' && /^([0-9a-fA-F]{2})+$/.test(value) && UID_LENGTHS.includes(value.length / 2),
  `expected ${UID_LENGTHS.join(', ')} bytes of hex in quotes: without them YAML may read a number`,
);

/** A text that `parse` understands, as what it means. */
function parsed<T>(parse: (text: string) => T | undefined, expected: string) {
  return z.string().transform((text, context): T => {
    const value = parse(text);
    if (value !== undefined) return value;
    context.addIssue({ code: 'custom', message: `expected ${expected}`, input: text });
    return z.NEVER;
  });
}

const date = parsed(parseDate, 'a day such as 2026-08-31');
const month = parsed(parseMonth, 'a month such as 2026-03');

/** `2026-03` -> 202603. */
function parseMonth(text: string): number | undefined {
  const day = parseDate(`${text}-01`);
  return day === undefined ? undefined : monthOf(day);
}

const word = z.string().regex(/^[a-z][a-z0-9-]*$/, 'expected small letters, digits and hyphens');

const syntheticCard = z.strictObject({
  id: word,
  /** A synthetic person. */
  holder: z.string().min(1),
  mediumClass: word,
  form: z.enum(CARD_FORMS),
  uid,
  category: word,
  categoryExpiry: date.optional(),
  quotaUsed: z.strictObject({ month, used: z.int().nonnegative() }).optional(),
  passes: z
    .array(z.strictObject({ pass: word, from: date.optional(), to: date.optional() }))
    .max(16)
    .optional(),
  /** Minor units of the tariff's currency. */
  purseMinor: z.int().optional(),
  /** Of a bank card: when it last paid. */
  paidOn: date.optional(),
  /** False: the back office does not know this card. */
  entitled: z.boolean().default(true),
});

export const cardFileSchema = z
  .strictObject({
    /** When the back office knew all this. */
    asOf: parsed(parseInstant, 'a moment with its offset: 2026-03-02T00:00:00+05:00'),
    cards: z.array(syntheticCard).min(1),
  })
  .superRefine(({ cards }, context) => {
    for (const name of ['id', 'uid'] as const) {
      const seen = new Set<string>();
      cards.forEach((card, index) => {
        const value = card[name].toLowerCase();
        if (seen.has(value)) {
          context.addIssue({
            code: 'custom',
            path: ['cards', index, name],
            message: `'${card[name]}' stands twice`,
          });
        }
        seen.add(value);
      });
    }
  });

export type CardFile = z.infer<typeof cardFileSchema>;
export type SyntheticCard = CardFile['cards'][number];

/** What a reader sees of the card. */
export function faceOf({ uid, form }: SyntheticCard): CardFace {
  return { uid: bytesOfHex(uid), form };
}
