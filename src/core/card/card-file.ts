/**
 * Synthetic cards, the only place where raw numbers stand (RECORDS.md 2): who taps in the demo and in tests, and what
 * the back office knows of each.
 */
import { z } from 'zod';
import type { Crypto } from '../crypto.ts';
import { NEW_RIDER } from '../fare/rider.ts';
import { bytesOfHex } from '../hex.ts';
import { known } from '../known.ts';
import { minor } from '../money.ts';
import { monthOf, parseDate, parseInstant } from '../time.ts';
import { CARD_FORMS, type CardFace, UID_LENGTHS } from './face.ts';
import { identify, identifyApplication, type Medium, type TokenKeys } from './identity.ts';
import { identifyInstrument } from './instrument.ts';
import { isPolicyNumber } from './policy/number.ts';
import { SCHEMES } from './schemes.ts';
import type { CardState } from './transit/state.ts';
import { type VirtualChip, virtualChip } from './virtual/chip.ts';
import type { TransitApplication } from './virtual/transit.ts';

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

/** The transit application of a chip: it rides as the card's category, with its quota, passes and purse. */
const transit = z.strictObject({
  serial: quoted(/^[0-9a-fA-F]{16}$/, '8 bytes of hex'),
  /** By which of the operator's keys it is made. */
  keyId: z.int().min(1).max(255).default(1),
  /** Its last day. */
  expiry: date.optional(),
  blocked: z.boolean().default(false),
  /** Points by programme, of a holder who takes part; `redeems`: they pay wherever they may. */
  loyalty: z
    .strictObject({
      points: z.record(word, z.int().nonnegative()).default({}),
      redeems: z.boolean().default(false),
      blocked: z.boolean().default(false),
      expiry: date.optional(),
    })
    .optional(),
});

/** An application of a chip that no validator asks for: a number, for as long as it is good. */
const numbered = z.strictObject({
  number: quoted(/^\d{4,20}$/, '4-20 digits'),
  expiry: date.optional(),
  blocked: z.boolean().default(false),
});

const syntheticCard = z.strictObject({
  id: word,
  /** A synthetic person. */
  holder: z.string().min(1),
  mediumClass: word,
  form: z.enum(CARD_FORMS),
  uid,
  bank: bank.optional(),
  transit: transit.optional(),
  /** The policy of compulsory medical insurance. */
  policy: numbered
    .extend({
      number: quoted(/^\d{16}$/, '16 digits').refine(
        isPolicyNumber,
        'expected another last digit: it checks the others',
      ),
    })
    .optional(),
  loyalty: numbered.optional(),
  services: numbered.optional(),
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
    cards.forEach(({ form, bank, transit, policy, loyalty, services }, index) => {
      const applications = [bank, transit, policy, loyalty, services];
      if (form === 'iso14443-4' || applications.every(application => application === undefined)) return;
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
  const { bank, transit } = card;
  if (transit !== undefined) return identifyApplication(bytesOfHex(transit.serial), keys, crypto);
  return bank === undefined
    ? identify(faceOf(card), keys, crypto)
    : identifyInstrument(bank, bank.scheme, keys, crypto);
}

/**
 * Absent: a storage card has none. A chip that is taken into the field knows nothing of the time before, but for what its
 * transit application remembers.
 */
export function chipOf(card: SyntheticCard, transit?: TransitApplication): VirtualChip | undefined {
  const { form, bank, policy, loyalty, services } = card;
  return form === 'storage' ? undefined : virtualChip({ bank, transit, policy, loyalty, services });
}

/** What a transit application is issued with. */
export function issuedState(card: SyntheticCard, transit: NonNullable<SyntheticCard['transit']>): CardState {
  const { category, categoryExpiry, quotaUsed, passes = [], purseMinor } = card;
  const { loyalty, expiry, blocked } = transit;
  const points = Object.entries(loyalty?.points ?? {}).map(([programme, points]) => ({ programme, points }));
  return {
    counter: 1,
    actionCounter: 0,
    isBlocked: blocked,
    expiry,
    category,
    categoryExpiry,
    loyalty:
      loyalty && known({ isBlocked: loyalty.blocked, redeems: loyalty.redeems, expiry: loyalty.expiry }),
    passes: passes.map(held => known(held)),
    rider: {
      ...NEW_RIDER,
      quota: quotaUsed,
      purseMinor: purseMinor === undefined ? undefined : minor(purseMinor),
      points,
    },
  };
}

/** What a reader sees of the card before anything is asked of its chip. */
export function faceOf({ uid, form }: SyntheticCard): CardFace {
  return { uid: bytesOfHex(uid), form };
}
