/** Bank cards that pay afterwards, once a charging day: compiled `openLoop`. */
import { type MinorUnits, parseAmount } from '../money.ts';
import type { Names } from './names.ts';
import type { TariffSettings } from './settings.ts';

export interface OpenLoop {
  readonly media: readonly boolean[];
  readonly firstRideMinor: MinorUnits;
  readonly floorLimitMinor: MinorUnits;
  /** Days after a refused payment on which it is tried again. */
  readonly retryDays: readonly number[];
}

export function compileOpenLoop({ openLoop, currency }: TariffSettings, names: Names): OpenLoop | undefined {
  if (openLoop === undefined) return undefined;
  return {
    media: names.media.map(medium => openLoop.media.includes(medium)),
    firstRideMinor: parseAmount(openLoop.firstRide, currency) ?? (0 as MinorUnits),
    floorLimitMinor: parseAmount(openLoop.floorLimit, currency) ?? (0 as MinorUnits),
    retryDays: openLoop.retryDays,
  };
}
