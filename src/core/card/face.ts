/** What a card shows of itself before anything is asked of its applications (DEVICES.md 1). */
export interface CardFace {
  /** 4, 7 or 10 bytes: the answer to `FF CA 00 00 00`. */
  readonly uid: Uint8Array;
  /** `storage`: MIFARE Classic, Ultralight and their like; `iso14443-4`: a chip with applications. */
  readonly form: CardForm;
}

export const CARD_FORMS = ['storage', 'iso14443-4'] as const;
export type CardForm = (typeof CARD_FORMS)[number];

/** What a tariff may recognise a medium by: a card's form, an application of it, or that it is a code to be scanned. */
export const MEDIUM_FORMS = [...CARD_FORMS, 'bank', 'barcode', 'transit'] as const;
export type MediumForm = (typeof MEDIUM_FORMS)[number];

/** ISO 14443-3 gives single, double and triple size UIDs. */
export const UID_LENGTHS: readonly number[] = [4, 7, 10];

/** A 4-byte UID that begins 08 is drawn anew at every tap (ISO 14443-3): it names nobody. */
export function isRandomUid(uid: Uint8Array): boolean {
  return uid.length === 4 && uid[0] === 0x08;
}
