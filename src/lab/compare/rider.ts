/** One card while its taps go by: how its rider stands under either tariff, and what was paid so far. */
import type { AccountTap } from '../../core/fare/account.ts';
import type { Ride } from '../../core/fare/ride.ts';
import type { RiderState } from '../../core/fare/rider.ts';
import type { EpochMs } from '../../core/time.ts';
import type { Boarding } from './boarding.ts';
import type { Both } from './sides.ts';

/** A tap as either tariff takes it, the line it stands on, and the one of its card that waits behind it. */
export interface Tapped {
  readonly line: number;
  readonly taps: Both<AccountTap>;
  next: Tapped | undefined;
}

/** All that the next tap is held against. The tap itself is not kept, and a card has one of these, written anew. */
export interface LastTap {
  stream: string;
  sequence: number;
  ref: string;
  atMs: EpochMs;
  trip: string;
  action: Ride['action'];
}

export class Rider {
  readonly card: string;
  /** Its number among those who were rated, from 0; -1 while none of its taps was. */
  index = -1;
  readonly states: [RiderState | undefined, RiderState | undefined] = [undefined, undefined];
  readonly paidMinor: [number, number] = [0, 0];
  /** Where the ride began that is ridden or was ridden last. */
  boarding: Boarding | undefined = undefined;
  /** The last tap that was rated, or read again. */
  last: LastTap | undefined = undefined;
  /** Taps that wait for what may still come before them, from the first to the newest in their order; how many they are. */
  first: Tapped | undefined = undefined;
  newest: Tapped | undefined = undefined;
  waiting = 0;
  /** Those let go before their time. */
  ahead = 0;

  constructor(card: string) {
    this.card = card;
  }
}
