/**
 * Whose vehicle a ride was ridden in, and what of a journey's money is whose (RECORDS.md 5, 'apportionment between
 * carriers'). Shares add up to the sum to the last minor unit.
 */
import { assert } from '../error.ts';
import type { ChargeLine } from '../record.ts';
import type { Apportionment, Tariff } from '../tariff/tariff.ts';
import type { Ride } from './ride.ts';

/** The route's carrier, else the vehicle's own; '' where neither is known. */
export function carrierOf(
  { carrierOfRoute }: Tariff,
  { routeId, carrierId }: Pick<Ride, 'routeId' | 'carrierId'>,
): string {
  return carrierOfRoute[routeId ?? ''] ?? carrierId ?? '';
}

/** One ride of a journey: who carried it, and what it was charged, by whoever pays. */
export interface Carried {
  readonly carrier: string;
  readonly lines: readonly ChargeLine[];
}

/** Minor units by carrier, of one journey. */
export function apportioned(by: Apportionment, journey: readonly Carried[]): ReadonlyMap<string, number> {
  const charged = journey.map(({ lines }) => lines.reduce((sum, { amountMinor }) => sum + amountMinor, 0));
  const total = charged.reduce((sum, amount) => sum + amount, 0);
  const amounts = by === 'boarding' ? charged : shared(total, journey.map(by === 'ride' ? () => 1 : priceOf));
  const shares = new Map<string, number>();
  for (const [index, { carrier }] of journey.entries())
    shares.set(carrier, (shares.get(carrier) ?? 0) + (amounts[index] ?? 0));
  return shares;
}

/** What the ride would have cost alone. */
function priceOf({ lines }: Carried): number {
  const [own] = lines;
  return own === undefined ? 0 : Math.max(0, own.referenceMinor ?? own.amountMinor);
}

/** By largest remainder; of equal ones the earlier ride has it. Without any weight all rides are alike. */
function shared(total: number, weights: readonly number[]): readonly number[] {
  const sum = weights.reduce((all, weight) => all + weight, 0);
  if (sum === 0)
    return weights.length === 0
      ? []
      : shared(
          total,
          weights.map(() => 1),
        );
  const magnitude = Math.abs(total);
  assert(Number.isSafeInteger(magnitude * sum), 'a journey is shared in exact fractions');
  const whole = weights.map(weight => Math.floor((magnitude * weight) / sum));
  const remainders = weights.map((weight, index) => ({ index, rest: (magnitude * weight) % sum }));
  const left = magnitude - whole.reduce((all, part) => all + part, 0);
  for (const { index } of remainders.sort((a, b) => b.rest - a.rest || a.index - b.index).slice(0, left))
    whole[index] = (whole[index] ?? 0) + 1;
  return total < 0 ? whole.map(part => -part) : whole;
}
