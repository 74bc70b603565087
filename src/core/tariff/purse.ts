/** Money that is on the account or the card: compiled `purse`. */
import { type MinorUnits, parseAmount } from '../money.ts';
import type { Names } from './names.ts';
import type { TariffSettings } from './settings.ts';

export interface Purse {
  readonly media: readonly boolean[];
  /** The balance a ride may leave behind. */
  readonly floorMinor: MinorUnits;
  /** `once`: only where it was not below zero before. */
  readonly belowZero: 'once' | 'to-floor';
  readonly maximumMinor: MinorUnits;
}

export function compilePurse({ purse, currency }: TariffSettings, names: Names): Purse | undefined {
  if (purse === undefined) return undefined;
  return {
    media: names.media.map(medium => purse.media.includes(medium)),
    belowZero: purse.belowZero,
    floorMinor: parseAmount(purse.floor, currency) ?? (0 as MinorUnits),
    maximumMinor: parseAmount(purse.maximum, currency) ?? (0 as MinorUnits),
  };
}
