/**
 * What a transit application remembers: who its holder rides as, and all that the fare engine must know of the rides
 * before. The card is its home (DESIGN, 'The way of a tap'): no vehicle and no back office knows it better.
 */
import type { HeldPass } from '../../entitlement.ts';
import type { RiderState } from '../../fare/rider.ts';
import type { ServiceDate } from '../../time.ts';

export interface CardState {
  /** Rises by one with every write, up to MAX_COUNTER. */
  readonly counter: number;
  /** Of the action that was applied last (RECORDS.md 4); 0: none yet. */
  readonly actionCounter: number;
  readonly isBlocked: boolean;
  /** The application's last day; absent: no end. */
  readonly expiry?: ServiceDate | undefined;
  readonly category: string;
  readonly categoryExpiry?: ServiceDate | undefined;
  /** Absent: its holder is in no programme, and earns no points. */
  readonly loyalty?: Loyalty | undefined;
  /** Passes whose first ride is still to come; one in use is the rider's. */
  readonly passes: readonly HeldPass[];
  readonly rider: RiderState;
}

export interface Loyalty {
  readonly isBlocked: boolean;
  readonly expiry?: ServiceDate | undefined;
  /** The holder's standing order: points pay wherever they may. */
  readonly redeems: boolean;
}

export const MAX_COUNTER = 0xff_ffff;

/** How a tap is named on a card: the counter that it wrote. The card and this number name its record (RECORDS.md 1). */
export function cardRef(counter: number): string {
  return `card/${counter}`;
}

export function counterOf(ref: string): number | undefined {
  const digits = /^card\/(\d+)$/.exec(ref)?.[1];
  return digits === undefined ? undefined : Number(digits);
}
