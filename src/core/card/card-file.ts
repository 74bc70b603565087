/**
 * Synthetic cards, the only place where raw numbers stand (RECORDS.md 2): who taps in the demo and in tests, and what
 * the back office knows of each.
 */
import { z } from 'zod';
import type { Crypto } from '../crypto.ts';
import { bytesOfHex } from '../hex.ts';
import { monthOf, parseDate, parseInstant } from '../time.ts';
import { CARD_FORMS, type CardFace, UID_LENGTHS } from './face.ts';
import { identify, type Medium, type TokenKeys } from './identity.ts';
import { identifyInstrument } from './instrument.ts';
import { SCHEMES } from './schemes.ts';
import { type VirtualChip, virtualChip } from './virtual/chip.ts';

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

/** A text in quotes: what is wrong with it is said without it. */
function quoted(form: RegExp, what: string) {
  const error = `expected ${what} in quotes`;
  return z.string({ error }).regex(form, error);
}

/** The payment application of a chip. */
const bank = z.strictObject({
  scheme: z.enum(SCHEMES),
  pan: quoted(/^\d{12,19}$/, '12-19 digits'),
  expiry: month.transform(yyyymm => String(yyyymm).slice(2)),
  /** Which of several cards with this number. */
  psn: quoted(/^\d{2}$/, 'two digits').default('00'),
  /** What the card and its copies in phones have in common. */
  par: quoted(/^[0-9A-Z]{29}$/, '29 digits and capital letters').optional(),
  /** A second scheme by which it pays. */
  coBadged: z.enum(SCHEMES).optional(),
});

const syntheticCard = z.strictObject({
  id: word,
  /** A synthetic person. */
  holder: z.string().min(1),
  mediumClass: word,
  form: z.enum(CARD_FORMS),
  uid,
  bank: bank.optional(),
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
    cards.forEach(({ form, bank }, index) => {
      if (bank === undefined || form === 'iso14443-4') return;
      const message = 'expected form iso14443-4: a storage card holds no application';
      context.addIssue({ code: 'custom', path: ['cards', index, 'form'], message, input: form });
    });
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

/** Who the card is, once its chip was asked. */
export function mediumOf(card: SyntheticCard, keys: TokenKeys, crypto: Crypto): Medium {
  const { bank } = card;
  return bank === undefined
    ? identify(faceOf(card), keys, crypto)
    : identifyInstrument(bank, bank.scheme, keys, crypto);
}

/** Absent: a storage card has none. A chip that is taken into the field knows nothing of the time before. */
export function chipOf({ form, bank }: SyntheticCard): VirtualChip | undefined {
  return form === 'storage' ? undefined : virtualChip({ bank });
}

/** What a reader sees of the card before anything is asked of its chip. */
export function faceOf({ uid, form }: SyntheticCard): CardFace {
  return { uid: bytesOfHex(uid), form };
}
