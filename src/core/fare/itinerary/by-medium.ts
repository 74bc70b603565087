/** The whole journey on each medium: nobody pays one ride in cash and looks for the transfer on a card. */
import { type Cheapest, cheapestWay, WAYS } from './cheapest.ts';
import type { LegFares } from './leg-fares.ts';
import type { Offer } from './offer.ts';
import type { Fault } from './priced.ts';
import type { PriceList } from './product.ts';
import type { Ride } from './ride.ts';
import type { Way } from './way.ts';

export interface PaidBy {
  readonly medium: number;
  readonly way: Way;
}

/** Of the media that can pay, in the feed's order. */
export function waysByMedium(
  { transfers }: LegFares,
  prices: PriceList,
  rides: readonly Ride[],
  offered: readonly Offer[],
  media: readonly number[],
  faults: Fault[],
): readonly PaidBy[] {
  const ways: PaidBy[] = [];
  const found: Cheapest[] = [];
  for (let index = 0; index < media.length; index++) {
    const medium = media[index] ?? 0;
    // Where no transfer has a price of its own, the same offers cost the same.
    const twin = transfers.arePriced
      ? -1
      : media.findIndex((other, at) => at < index && areSame(offered, other, medium));
    const way = twin === -1 ? cheapestWay({ rides, transfers, prices, medium }, offered) : found[twin];
    found.push(way);
    if (way === 'too-many') {
      const what = `more than ${WAYS} ways to pay for it by nonconsecutive transfers`;
      faults.push({ path: ['legs'], what, expected: 'fewer legs' });
    } else if (way !== undefined) ways.push({ medium, way });
  }
  return ways;
}

function areSame(offered: readonly Offer[], a: number, b: number): boolean {
  for (const offer of offered) if (offer[a] !== offer[b]) return false;
  return true;
}

export function cheapestOf(ways: readonly PaidBy[]): PaidBy | undefined {
  let best: PaidBy | undefined;
  for (const paid of ways) if (best === undefined || paid.way.cost < best.way.cost) best = paid;
  return best;
}
