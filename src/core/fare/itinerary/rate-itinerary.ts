/** What an itinerary costs, under whichever of the two models the feed has. Pure: the same itinerary, the same price. */
import type { ItineraryFares } from './compile.ts';
import type { Itinerary } from './itinerary.ts';
import { priceAttributes } from './price-attributes.ts';
import { priceLegs } from './price-legs.ts';
import type { Priced } from './priced.ts';

export function rateItinerary(fares: ItineraryFares, itinerary: Itinerary): Priced {
  switch (fares.kind) {
    case 'leg-rules':
      return priceLegs(fares, itinerary);
    case 'fare-attributes':
      return priceAttributes(fares, itinerary);
    default:
      return fares satisfies never;
  }
}
