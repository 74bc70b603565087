/** What is kept of a tap once it is rated: sums, and who was seen where; never the tap. */
import { assert } from '../../core/error.ts';
import type { Part } from '../../core/fare/account.ts';
import type { Ride } from '../../core/fare/ride.ts';
import { decisionOf } from '../../core/reason.ts';
import type { ChargeLine } from '../../core/record.ts';
import type { ServiceDate, Zone } from '../../core/time.ts';
import { type Boarding, DIMENSIONS, KEYS } from './boarding.ts';
import { Breakdown, FUNDER_COLUMNS, RIDES, type Sums } from './breakdown.ts';
import { type ChangeSums, Changes } from './changes.ts';
import type { Totals } from './comparison.ts';
import type { Came } from './replay.ts';
import type { Rider, Tapped } from './rider.ts';
import type { Both } from './sides.ts';

const KEYS_OF = DIMENSIONS.map(dimension => KEYS[dimension]);

/** Plain data, so that it can be handed to another process. */
export interface TallySums {
  readonly taps: number;
  readonly days: Both<ServiceDate> | undefined;
  readonly declined: Both<number>;
  readonly by: readonly Sums[];
  readonly changes: ChangeSums;
}

export class Tally {
  /** Beside each of `DIMENSIONS`. */
  readonly by: readonly Breakdown[] = DIMENSIONS.map(() => new Breakdown());
  readonly changes = new Changes();
  taps = 0;
  /** Rides that this side declines and the other accepts. */
  readonly declined: [number, number] = [0, 0];
  #days: Both<ServiceDate> | undefined = undefined;
  readonly #zone: Zone;

  /** Hours are those of `zone`. */
  constructor(zone: Zone) {
    this.#zone = zone;
  }

  /** Of everything: it stands in each of the dimensions once. */
  get total(): Omit<Totals, 'riders'> {
    const [first] = this.by;
    assert(first !== undefined, 'there are dimensions');
    return first.total;
  }

  /** Service dates; undefined without a tap. */
  get days(): Both<ServiceDate> | undefined {
    return this.#days;
  }

  get sums(): TallySums {
    const { taps, days, declined, by, changes } = this;
    return { taps, days, declined, by: by.map(({ data }) => data), changes: changes.data };
  }

  /** Adds what another process added up; its first rider is ours with the number `firstRider`. */
  merge({ taps, days, declined, by, changes }: TallySums, firstRider: number): void {
    this.taps += taps;
    for (const day of days ?? []) this.#meet(day);
    for (const side of [0, 1] as const) this.declined[side] += declined[side];
    for (const [index, sums] of by.entries()) this.by[index]?.merge(sums, firstRider);
    this.changes.merge(changes);
  }

  rated(rider: Rider, { taps: [{ ride }] }: Tapped, came: Both<Came>): void {
    this.taps += 1;
    this.#meet(ride.serviceDate);
    const owedBefore = rider.paidMinor[1] - rider.paidMinor[0];
    const before = rider.boarding;
    const now = this.#board(rider, ride, came);
    this.#came(rider, 0, came[0], before ?? now, now);
    this.#came(rider, 1, came[1], before ?? now, now);
    const difference = rider.paidMinor[1] - rider.paidMinor[0] - owedBefore;
    this.changes.add(came[0].rated.reason, came[1].rated.reason, difference);
  }

  /** What a journey comes to that was never left is paid where it began. */
  ended(rider: Rider, parts: Both<readonly Part[]>): void {
    const { boarding } = rider;
    if (boarding === undefined) return;
    for (const { lines } of parts[0]) this.#charge(rider, 0, lines, boarding);
    for (const { lines } of parts[1]) this.#charge(rider, 1, lines, boarding);
  }

  /** Where the ride began that this tap belongs to. */
  #board(rider: Rider, ride: Ride, [old, fresh]: Both<Came>): Boarding {
    const isEntry = ride.action === undefined || ride.action === 'entry';
    const byOld = isEntry && decisionOf(old.rated.reason) === 'accepted';
    const byNew = isEntry && decisionOf(fresh.rated.reason) === 'accepted';
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

  /** What it closes was begun before. */
  #came(
    rider: Rider,
    side: 0 | 1,
    { rated: { closed, lines } }: Came,
    before: Boarding,
    now: Boarding,
  ): void {
    if (closed !== undefined) for (const journey of closed) this.#charge(rider, side, journey.lines, before);
    this.#charge(rider, side, lines, now);
  }

  #charge(rider: Rider, side: 0 | 1, lines: readonly ChargeLine[], at: Boarding): void {
    for (const { funder, amountMinor } of lines) {
      if (amountMinor === 0) continue;
      if (funder === 'rider') rider.paidMinor[side] += amountMinor;
      this.#add(at, side, FUNDER_COLUMNS[funder], amountMinor);
    }
  }

  #add(boarding: Boarding, side: 0 | 1, column: number, value: number): void {
    for (let index = 0; index < boarding.length; index++)
      this.by[index]?.add(boarding[index] ?? 0, side, column, value);
  }

  #meet(day: ServiceDate): void {
    const [first, last] = this.#days ?? [day, day];
    if (this.#days === undefined || day < first || day > last)
      this.#days = [day < first ? day : first, day > last ? day : last];
  }
}
