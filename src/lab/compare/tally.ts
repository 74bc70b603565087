/** What is kept of a tap once it is rated: sums, and who was seen where; never the tap. */
import type { Part } from '../../core/fare/account.ts';
import type { Ride } from '../../core/fare/ride.ts';
import { decisionOf } from '../../core/reason.ts';
import type { ServiceDate, Zone } from '../../core/time.ts';
import { type Boarding, DIMENSIONS, KEYS } from './boarding.ts';
import { Breakdown } from './breakdown.ts';
import { Changes } from './changes.ts';
import type { Came } from './replay.ts';
import type { Rider, Tapped } from './rider.ts';
import type { Both } from './sides.ts';

/** The one group that everything is in. */
export const ALL = 0;

export class Tally {
  /** Beside each of `DIMENSIONS`. */
  readonly by: readonly Breakdown[] = DIMENSIONS.map(() => new Breakdown());
  readonly all = new Breakdown();
  readonly changes = new Changes();
  taps = 0;
  /** Rides that this side declines and the other accepts. */
  readonly declined: [number, number] = [0, 0];
  #firstDay = Number.POSITIVE_INFINITY;
  #lastDay = Number.NEGATIVE_INFINITY;
  readonly #zone: Zone;

  /** Hours are those of `zone`. */
  constructor(zone: Zone) {
    this.#zone = zone;
    this.all.of('all');
  }

  /** Service dates; undefined without a tap. */
  get days(): Both<ServiceDate> | undefined {
    return this.taps === 0 ? undefined : [this.#firstDay as ServiceDate, this.#lastDay as ServiceDate];
  }

  rated(rider: Rider, { taps: [{ ride }] }: Tapped, came: Both<Came>): void {
    this.taps += 1;
    this.#firstDay = Math.min(this.#firstDay, ride.serviceDate);
    this.#lastDay = Math.max(this.#lastDay, ride.serviceDate);
    const paidBefore = rider.paidMinor[1] - rider.paidMinor[0];
    const [before, now] = this.#board(rider, ride, came);
    this.#charge(rider, 0, came[0].parts, before, now);
    this.#charge(rider, 1, came[1].parts, before, now);
    const difference = rider.paidMinor[1] - rider.paidMinor[0] - paidBefore;
    this.changes.add([came[0].reason, came[1].reason], difference);
  }

  /** What a journey comes to that was never left is paid where it began. */
  ended(rider: Rider, parts: Both<readonly Part[]>): void {
    const { boarding } = rider;
    if (boarding === undefined) return;
    this.#charge(rider, 0, parts[0], boarding, boarding);
    this.#charge(rider, 1, parts[1], boarding, boarding);
  }

  /** The boarding before this tap, and the one that it belongs to. */
  #board(rider: Rider, ride: Ride, came: Both<Came>): Both<Boarding> {
    const { boarding: before } = rider;
    const isEntry = ride.action === undefined || ride.action === 'entry';
    const accepted = [isAccepted(came[0]), isAccepted(came[1])] as const;
    const begins = isEntry && (accepted[0] || accepted[1]);
    if (before !== undefined && !begins) return [before, before];
    const now = this.#boarding(rider, ride);
    rider.boarding = now;
    if (begins) this.#count(now, accepted);
    return [before ?? now, now];
  }

  #boarding(rider: Rider, ride: Ride): Boarding {
    const boarding: number[] = [];
    for (let index = 0; index < DIMENSIONS.length; index++) {
      const [dimension, groups] = [DIMENSIONS[index], this.by[index]];
      if (dimension === undefined || groups === undefined) continue;
      const group = groups.of(KEYS[dimension](ride, this.#zone));
      groups.seen(group, rider.index);
      boarding.push(group);
    }
    return boarding;
  }

  #count(boarding: Boarding, accepted: Both<boolean>): void {
    for (const side of SIDES) {
      if (accepted[side]) this.#each(boarding, (groups, group) => groups.rode(group, side));
      else this.declined[side] += 1;
    }
  }

  /** The last part is the tap's own; those before it settle what was begun before. */
  #charge(rider: Rider, side: 0 | 1, parts: readonly Part[], before: Boarding, now: Boarding): void {
    for (let index = 0; index < parts.length; index++) {
      const at = index === parts.length - 1 ? now : before;
      for (const { funder, amountMinor } of parts[index]?.lines ?? []) {
        if (funder === 'rider') rider.paidMinor[side] += amountMinor;
        this.#each(at, (groups, group) => groups.paid(group, side, funder, amountMinor));
      }
    }
  }

  #each(boarding: Boarding, add: (groups: Breakdown, group: number) => void): void {
    add(this.all, ALL);
    for (let index = 0; index < boarding.length; index++) {
      const [groups, group] = [this.by[index], boarding[index]];
      if (groups !== undefined && group !== undefined) add(groups, group);
    }
  }
}

const SIDES = [0, 1] as const;

function isAccepted({ reason }: Came): boolean {
  return decisionOf(reason) === 'accepted';
}
