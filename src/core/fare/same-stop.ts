/** Out where one came in: by the time between (FARES.md 2, 'same stop exit'). */
import type { MinorUnits } from '../money.ts';
import type { NetworkRules, SameStopStep, Sold } from '../tariff/networks.ts';
import type { Fare } from '../tariff/tariff.ts';
import type { Ride } from './ride.ts';
import type { Journey } from './rider.ts';
import { soldFare } from './sold.ts';
import type { Trace } from './trace.ts';

/** Undefined where it is a journey like any other. */
export function sameStopFare(
  { sameStop }: NetworkRules,
  journey: Journey,
  ride: Ride,
  elapsedMs: number,
  trace: Trace | undefined,
): Fare | undefined {
  if (journey.stopId === undefined || journey.stopId !== ride.stopId || journey.priced !== undefined)
    return undefined;
  for (let index = 0; index < sameStop.length; index++) {
    const step = sameStop[index];
    trace?.compared(`same-stop:${journey.networkId ?? ''}`, String(index), elapsedMs);
    if (step !== undefined && isWithin(step, elapsedMs))
      return soldFare(step.price ?? free(journey.networkId), 'same-stop');
  }
  return undefined;
}

function isWithin({ upToMs, inclusive }: SameStopStep, elapsedMs: number): boolean {
  return upToMs === undefined || elapsedMs < upToMs || (inclusive && elapsedMs === upToMs);
}

function free(networkId: string | undefined): Sold {
  return { productId: 0, amountMinor: 0 as MinorUnits, ruleId: `same-stop:${networkId ?? ''}` };
}
