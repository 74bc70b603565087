/** One card while its taps go by: how its rider stands under either tariff, and what was paid so far. */
import type { AccountTap } from '../../core/fare/account.ts';
import type { RiderState } from '../../core/fare/rider.ts';
import type { Boarding } from './boarding.ts';
import type { Both } from './sides.ts';

/** A tap as either tariff takes it, and the line it stands on. */
export interface Tapped {
  readonly line: number;
  readonly taps: Both<AccountTap>;
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
  last: AccountTap | undefined = undefined;
  /** Taps that wait for what may still come before them, as they stand in the file. */
  waiting: Tapped[] = [];

  constructor(card: string) {
    this.card = card;
  }

  /**
   * After their last tap, all that is large: whoever the collector has put among the old keeps alive what they point to
   * until it looks through the old again, though nobody asks for them any more.
   */
  forget(): void {
    this.states[0] = undefined;
    this.states[1] = undefined;
    this.last = undefined;
  }
}
