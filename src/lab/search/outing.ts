/** What one rider does in some hours, ride after ride, and what it comes to. Pure, and fast: thousands a second. */
import type { Outcome } from '../../core/fare/account.ts';
import type { Ride } from '../../core/fare/ride.ts';
import type { RiderState } from '../../core/fare/rider.ts';
import { rateTap } from '../../core/fare/settle.ts';
import { decisionOf } from '../../core/reason.ts';
import type { Tariffs } from '../../core/tariff/versions.ts';
import { epoch, serviceDateAt } from '../../core/time.ts';
import type { WorldDay } from './days.ts';
import type { Payer } from './payers.ts';
import type { Stop, Way } from './world.ts';

/** One ride, on a vehicle of its own. Seconds after the day's midnight, in steps of the tariff's resolution. */
export interface Trip {
  readonly way: Way;
  readonly line: string | undefined;
  readonly from: Stop | undefined;
  readonly to: Stop | undefined;
  readonly enterS: number;
  readonly leaveS: number;
  /** The rider's second card, of the same kind. */
  readonly isSecondCard: boolean;
}

export interface Outing {
  readonly day: WorldDay;
  readonly payer: Payer;
  /** One after another. */
  readonly trips: readonly Trip[];
}

export interface Played {
  readonly totalMinor: number;
  readonly taps: readonly PlayedTap[];
}

export interface PlayedTap {
  readonly trip: Trip;
  readonly ride: Ride;
  readonly paidMinor: number;
  readonly outcome: Pick<Outcome, 'reason' | 'parts' | 'tariffHash'>;
}

/** Undefined where a ride is declined, or is no whole journey: then nothing can be said of what it would cost. */
export function play(tariffs: Tariffs, outing: Outing): Played | undefined {
  const states: [RiderState | undefined, RiderState | undefined] = [undefined, undefined];
  const taps: PlayedTap[] = [];
  let totalMinor = 0;
  for (const trip of outing.trips) {
    for (const action of trip.way.isLeft ? ENTRY_AND_EXIT : ENTRY) {
      const ride = rideOf(tariffs, outing, trip, action, taps.length);
      const card = trip.isSecondCard ? 1 : 0;
      const { outcome, state } = rateTap(tariffs, states[card], ride);
      if (decisionOf(outcome.reason) === 'declined' || INCOMPLETE.has(outcome.reason)) return undefined;
      states[card] = state;
      const paidMinor = paidBy(outcome);
      totalMinor += paidMinor;
      taps.push({ trip, ride, paidMinor, outcome });
    }
  }
  return { totalMinor, taps };
}

const ENTRY = ['entry'] as const;
const ENTRY_AND_EXIT = ['entry', 'exit'] as const;
const INCOMPLETE: ReadonlySet<string> = new Set(['incomplete-journey', 'exit-not-needed']);

function rideOf(
  [{ zone, dayStartS }]: Tariffs,
  { day, payer }: Outing,
  { way, line, from, to, enterS, leaveS }: Trip,
  action: 'entry' | 'exit',
  place: number,
): Ride {
  const isExit = action === 'exit';
  const atMs = epoch(day.startMs + (isExit ? leaveS : enterS) * 1000);
  return {
    action,
    ref: `step-${place + 1}`,
    atMs,
    serviceDate: serviceDateAt(zone, dayStartS, atMs),
    trip: `trip-${place + 1}`,
    routeId: line,
    networkId: way.network,
    stopId: (isExit ? to : from)?.id,
    destinationId: way.namesEnd ? to?.id : undefined,
    mediumClass: payer.medium,
    category: payer.category,
    passes: payer.passes,
    redeem: payer.redeem,
  };
}

function paidBy({ parts }: Pick<Outcome, 'parts'>): number {
  let paid = 0;
  for (const { lines } of parts)
    for (const { funder, amountMinor } of lines) if (funder === 'rider') paid += amountMinor;
  return paid;
}

/** Whoever begins elsewhere than they were left off needs so long to be there. */
export const WALK_S = 600;

/** Nothing is ridden before what came before it was left, and nobody is in two places at once. */
export function isInOrder(trips: readonly Trip[]): boolean {
  return trips.every(({ from, enterS, leaveS }, place) => {
    const before = trips[place - 1];
    const freeS = before === undefined ? 0 : before.leaveS + (before.to?.id === from?.id ? 0 : WALK_S);
    return leaveS > enterS && enterS >= freeS;
  });
}
