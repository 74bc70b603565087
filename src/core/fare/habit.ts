/** Which journeys a rider makes most: what an incomplete one is completed from (FARES.md 2, 'auto-completion'). */
import type { NetworkRules } from '../tariff/networks.ts';
import type { Habit, RiderState } from './rider.ts';

/** The commonest few are enough for a guess. */
const KEPT = 8;

export function habitsAfter(
  { autoCompletion }: NetworkRules,
  habits: RiderState['habits'],
  fromStopId: string | undefined,
  toStopId: string | undefined,
): RiderState['habits'] {
  if (autoCompletion === undefined || fromStopId === undefined || toStopId === undefined) return habits;
  const found = habits.find(habit => habit.fromStopId === fromStopId && habit.toStopId === toStopId);
  const others = habits.filter(habit => habit !== found);
  const newest: Habit = { fromStopId, toStopId, rides: (found?.rides ?? 0) + 1 };
  // The newest stands first among equals, so that a new habit can replace an old one.
  return [newest, ...others].sort((a, b) => b.rides - a.rides).slice(0, KEPT);
}

/** The other end of the journey most often made from `stopId`, or to it. */
export function usualEnd(
  habits: RiderState['habits'],
  end: 'fromStopId' | 'toStopId',
  stopId: string | undefined,
  atLeast: number,
): string | undefined {
  const other = end === 'fromStopId' ? 'toStopId' : 'fromStopId';
  return habits.find(habit => habit[end] === stopId && habit.rides >= atLeast)?.[other];
}
