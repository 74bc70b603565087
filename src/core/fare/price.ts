/** What a ride costs before anything is taken off: two look-ups. */
import type { Fare, Tariff } from '../tariff/tariff.ts';

export interface Priced {
  readonly network: number;
  readonly fromZone: number;
  readonly toZone: number;
  readonly band: number;
  /** When it was left, where a leg rule asks. */
  readonly exitBand: number;
  readonly medium: number;
  readonly category: number;
}

/** Undefined: no fare known, which is never 0. */
export function fareOf({ prices, zones, mediumNames, bands }: Tariff, ride: Priced): Fare | undefined {
  const bandCount = bands.count;
  const cell =
    ((ride.network * zones.length + ride.fromZone) * zones.length + ride.toZone) * bandCount + ride.band;
  const leg = prices.legs[prices.exitBands === 1 ? cell : cell * prices.exitBands + ride.exitBand];
  if (leg === undefined || leg < 0) return undefined;
  return prices.fares[leg]?.[ride.category * mediumNames.length + ride.medium] ?? undefined;
}
