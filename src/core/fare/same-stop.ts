/** Out where one came in: by the time between (FARES.md 2, 'same stop exit'). */
import type { NetworkRules, SameStopStep } from '../tariff/networks.ts';
import type { Fare } from '../tariff/tariff.ts';
import type { Ride } from './ride.ts';
import type { Journey } from './rider.ts';
import { soldFare } from './sold.ts';

/** Undefined where it is a journey like any other. */
export function sameStopFare(
  { sameStop }: NetworkRules,
  journey: Journey,
  ride: Ride,
  elapsedMs: number,
): Fare | undefined {
  if (journey.stopId === undefined || journey.stopId !== ride.stopId || journey.pricedMinor !== 0)
    return undefined;
  const step = sameStop.find(candidate => isWithin(candidate, elapsedMs));
  if (step === undefined) return undefined;
  return step.price === undefined ? FREE : soldFare(step.price, 'same-stop');
}

function isWithin({ upToMs, inclusive }: SameStopStep, elapsedMs: number): boolean {
  return upToMs === undefined || elapsedMs < upToMs || (inclusive && elapsedMs === upToMs);
}

const FREE: Fare = soldFare(
  { productId: 0, amountMinor: 0 as Fare['amountMinor'], ruleId: 'same-stop' },
  'same-stop',
);
