/**
 * `tura/fare`: the fare engine as a library, for Node and for browsers alike. No I/O, no clock, no native dependency.
 *
 * Amounts are whole minor units of the tariff's currency (kopecks, cents, yen); moments are epoch milliseconds; dates
 * are integers (20260302). What is wrong with a tariff is thrown as one `TuraError` with every problem: file, line,
 * column, what was expected.
 */
import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { type CompiledItineraries, compileItineraries } from './core/fare/itinerary/compile.ts';
import { readFareTables } from './gtfs/fare-files.ts';
import { type ReadTariff, readTariffFiles } from './gtfs/tariff-files.ts';

export type { HeldPass } from './core/entitlement.ts';
export { type Problem, TuraError } from './core/error.ts';
export { type Account, type AccountTap, type Charge, NEW_ACCOUNT } from './core/fare/account.ts';
export { categoryOfAge } from './core/fare/category.ts';
export type { CompiledItineraries, ItineraryFares } from './core/fare/itinerary/compile.ts';
export type { Itinerary } from './core/fare/itinerary/itinerary.ts';
export type { Priced as PricedItinerary } from './core/fare/itinerary/priced.ts';
export { rateItinerary } from './core/fare/itinerary/rate-itinerary.ts';
export { rate } from './core/fare/rate.ts';
export type { ClosedJourney, Rated } from './core/fare/rated.ts';
export type { Ride } from './core/fare/ride.ts';
export { type RiderState, readRiderState, writeRiderState } from './core/fare/rider.ts';
export { closeDays, type Settled, settle } from './core/fare/settle.ts';
export type { Trace } from './core/fare/trace.ts';
export { formatAmount, type MinorUnits, parseAmount } from './core/money.ts';
export type { ChargeLine } from './core/record.ts';
export type { Tariff } from './core/tariff/tariff.ts';
export { type Tariffs, tariffAt } from './core/tariff/versions.ts';
export { type EpochMs, epoch, parseInstant, type ServiceDate, serviceDateAt } from './core/time.ts';

/**
 * A tariff folder's texts by file name (`tariff.yaml`, `fare_products.txt`, …) -> its compiled versions.
 * Throws `TuraError` bad-input with every problem; `name` is how problems call the folder.
 */
export function compileTariff(files: Readonly<Record<string, string>>, name = 'tariff'): ReadTariff {
  return readTariffFiles(new Map(Object.entries(files)), name, {
    sha256: bytes => sha256(bytes),
    hmacSha256: (key, bytes) => hmac(sha256, key, bytes),
  });
}

/**
 * A feed's fare tables (GTFS Fares v2, or v1) with its agency, stops, routes and calendar, as texts by file name -> what
 * `rateItinerary` prices by. `fares` is absent where there is an error among the problems.
 */
export function compileFeed(files: Readonly<Record<string, string>>, name = 'feed'): CompiledItineraries {
  const texts = Object.entries(files).map(
    ([file, text]) => [file, { path: `${name}/${file}`, text }] as const,
  );
  const { tables, problems } = readFareTables(new Map(texts), name);
  const compiled = compileItineraries(tables);
  return { ...compiled, problems: [...problems, ...compiled.problems] };
}
