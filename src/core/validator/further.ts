/** A further rider by button: whichever card is shown next pays for one more of its group on this trip. */
import type { LastRide } from '../fare/rider.ts';
import type { Asked, Change, Duty } from './duty.ts';

/** Whoever is still waiting for a card by then has gone on. */
const WITHIN_MS = 30_000;
const MAX_FURTHER = 9;

export function askFurther(duty: Duty, { monotonicMs: askedMs }: Asked, more: number): Change {
  const riders = ridersLeft(duty, askedMs) + more;
  if (riders > MAX_FURTHER) return { kind: 'refused', why: 'too-many-riders' };
  return {
    kind: 'at-once',
    duty: { ...duty, further: { riders, askedMs } },
    told: { kind: 'riders', riders },
  };
}

export function isFurtherAsked(duty: Duty, monotonicMs: number): boolean {
  return ridersLeft(duty, monotonicMs) > 0;
}

/** How many riders the card is asked to pay for with this one, of which those before it have paid. */
export function ridersWithOneMore(last: LastRide | undefined, trip: string): number {
  return last?.trip === trip ? last.riders + 1 : 1;
}

/** One rider fewer is waited for, whatever the answer was. */
export function withoutOne(duty: Duty): Duty {
  const { further } = duty;
  if (further === undefined) return duty;
  const riders = further.riders - 1;
  return { ...duty, further: riders > 0 ? { ...further, riders } : undefined };
}

function ridersLeft({ further }: Duty, monotonicMs: number): number {
  return further === undefined || monotonicMs - further.askedMs > WITHIN_MS ? 0 : further.riders;
}
