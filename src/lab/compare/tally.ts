/** What is kept of a tap once it is rated: sums, and who was seen where; never the tap. */
import type { Part } from '../../core/fare/account.ts';
import type { Ride } from '../../core/fare/ride.ts';
import { decisionOf } from '../../core/reason.ts';
import type { ServiceDate, Zone } from '../../core/time.ts';
import { type Boarding, DIMENSIONS, KEYS } from './boarding.ts';
import { Breakdown, FUNDER_COLUMNS, RIDES, type Sums } from './breakdown.ts';
import { type ChangeSums, Changes } from './changes.ts';
import type { Came } from './replay.ts';
import type { Rider, Tapped } from './rider.ts';
import type { Both } from './sides.ts';

/** The one group that everything is in. */
export const ALL = 0;

const KEYS_OF = DIMENSIONS.map(dimension => KEYS[dimension]);

/** Plain data, so that it can be handed to another process. */
export interface TallySums {
  readonly taps: number;
  readonly days: Both<ServiceDate> | undefined;
  readonly declined: Both<number>;
  readonly all: Sums;
  readonly by: readonly Sums[];
  readonly changes: ChangeSums;
}

export class Tally {
  /** Beside each of `DIMENSIONS`. */
  readonly by: readonly Breakdown[] = DIMENSIONS.map(() => new Breakdown());
  readonly all = new Breakdown();
  readonly changes = new Changes();
  taps = 0;
  /** Rides that this side declines and the other accepts. */
  readonly declined: [number, number] = [0, 0];
  #days: Both<ServiceDate> | undefined = undefined;
  readonly #zone: Zone;

  /** Hours are those of `zone`. */
  constructor(zone: Zone) {
    this.#zone = zone;
    this.all.of('all');
  }

  /** Service dates; undefined without a tap. */
  get days(): Both<ServiceDate> | undefined {
    return this.#days;
  }

  get sums(): TallySums {
    const { taps, days, declined, all, by, changes } = this;
    return { taps, days, declined, all: all.data, by: by.map(({ data }) => data), changes: changes.data };
  }

  /** Adds what another process added up; its first rider is ours with the number `firstRider`. */
  merge({ taps, days, declined, all, by, changes }: TallySums, firstRider: number): void {
    this.taps += taps;
    for (const day of days ?? []) this.#meet(day);
    for (const side of [0, 1] as const) this.declined[side] += declined[side];
    this.all.merge(all, firstRider);
    for (const [index, sums] of by.entries()) this.by[index]?.merge(sums, firstRider);
    this.changes.merge(changes);
  }

  rated(rider: Rider, { taps: [{ ride }] }: Tapped, came: Both<Came>): void {
    this.taps += 1;
    this.#meet(ride.serviceDate);
    const owedBefore = rider.paidMinor[1] - rider.paidMinor[0];
    const before = rider.boarding;
    const now = this.#board(rider, ride, came);
    this.#charge(rider, 0, came[0].parts, before ?? now, now);
    this.#charge(rider, 1, came[1].parts, before ?? now, now);
    const difference = rider.paidMinor[1] - rider.paidMinor[0] - owedBefore;
    this.changes.add([came[0].reason, came[1].reason], difference);
  }

  /** What a journey comes to that was never left is paid where it began. */
  ended(rider: Rider, parts: Both<readonly Part[]>): void {
    const { boarding } = rider;
    if (boarding === undefined) return;
    this.#charge(rider, 0, parts[0], boarding, boarding);
    this.#charge(rider, 1, parts[1], boarding, boarding);
  }

  /** Where the ride began that this tap belongs to. */
  #board(rider: Rider, ride: Ride, [old, fresh]: Both<Came>): Boarding {
    const isEntry = ride.action === undefined || ride.action === 'entry';
    const byOld = isEntry && decisionOf(old.reason) === 'accepted';
    const byNew = isEntry && decisionOf(fresh.reason) === 'accepted';
    if (rider.boarding === undefined || byOld || byNew) rider.boarding = this.#boarding(rider, ride);
    if (byOld) this.#add(rider.boarding, 0, RIDES, 1);
    if (byNew) this.#add(rider.boarding, 1, RIDES, 1);
    if (byOld !== byNew) this.declined[byOld ? 1 : 0] += 1;
    return rider.boarding;
  }

  #boarding(rider: Rider, ride: Ride): Boarding {
    const boarding = new Array<number>(DIMENSIONS.length);
    for (let index = 0; index < DIMENSIONS.length; index++) {
      const [keyOf, groups] = [KEYS_OF[index], this.by[index]];
      if (keyOf === undefined || groups === undefined) continue;
      const group = groups.of(keyOf(ride, this.#zone));
      boarding[index] = group;
      if (rider.boarding?.[index] !== group) groups.seen(group, rider.index);
    }
    return boarding;
  }

  /** The last part is the tap's own; those before it settle what was begun before. */
  #charge(rider: Rider, side: 0 | 1, parts: readonly Part[], before: Boarding, now: Boarding): void {
    for (let index = 0; index < parts.length; index++) {
      const at = index === parts.length - 1 ? now : before;
      for (const { funder, amountMinor } of parts[index]?.lines ?? []) {
        if (funder === 'rider') rider.paidMinor[side] += amountMinor;
        this.#add(at, side, FUNDER_COLUMNS[funder], amountMinor);
      }
    }
  }

  #add(boarding: Boarding, side: 0 | 1, column: number, value: number): void {
    this.all.add(ALL, side, column, value);
    for (let index = 0; index < boarding.length; index++)
      this.by[index]?.add(boarding[index] ?? 0, side, column, value);
  }

  #meet(day: ServiceDate): void {
    const [first, last] = this.#days ?? [day, day];
    if (this.#days === undefined || day < first || day > last)
      this.#days = [day < first ? day : first, day > last ? day : last];
  }
}
