/** One journey is paid in one currency: amounts of two cannot be added, nor compared. */

import { NONE } from '../match/names.ts';
import type { LegFares } from './leg-fares.ts';
import type { Offer, Option } from './offer.ts';
import type { Fault } from './priced.ts';
import { MIXED, type PriceList } from './product.ts';
import type { Ride } from './ride.ts';

/** The journey's currency; undefined where nothing is priced and the tariff has more than one. */
export function foundCurrency(
  fares: LegFares,
  prices: PriceList,
  offered: readonly Offer[],
  media: readonly number[],
  rides: readonly Ride[],
  faults: Fault[],
): string | undefined {
  const names = fares.products.currencies.all;
  if (names.length <= 1) return names[0];
  let found = NONE;
  for (let ride = 0; ride < offered.length; ride++) {
    for (const currency of currenciesOf(fares, prices, offered, media, ride)) {
      if (currency === NONE || currency === found) continue;
      if (found === NONE && currency !== MIXED) found = currency;
      else {
        faults.push(twoCurrencies(names, rides[ride]?.firstLeg ?? 0, currency, found));
        return undefined;
      }
    }
  }
  return names[found];
}

/** Of everything that might be charged for a ride: its products, and those of transfers to it. */
function* currenciesOf(
  { transfers }: LegFares,
  prices: PriceList,
  offered: readonly Offer[],
  media: readonly number[],
  ride: number,
): Generator<number> {
  const earlier = offered.slice(transfers.nonconsecutive ? 0 : Math.max(0, ride - 1), ride);
  for (const medium of media) {
    const options = offered[ride]?.[medium] ?? [];
    for (const { product } of options) yield prices.currencyOf(product, medium);
    const before = earlier.flatMap(offer => offer[medium] ?? []);
    for (const rule of rulesBetween(before, options)) {
      if (rule.product !== NONE) yield prices.currencyOf(rule.product, medium);
    }
  }
  function* rulesBetween(from: readonly Option[], to: readonly Option[]) {
    for (const a of from) for (const b of to) yield* transfers.between(a.group, b.group);
  }
}

function twoCurrencies(names: readonly string[], leg: number, currency: number, found: number): Fault {
  const both = currency === MIXED ? names.join(' and ') : `${names[found]} and ${names[currency]}`;
  return {
    path: ['legs', leg],
    what: `the journey is priced in two currencies, ${both}`,
    expected: 'one currency',
  };
}
